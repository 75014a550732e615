import type { schedulingTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { known, type Told, timeText } from "../told.ts";

type SchedulingTold = Told<typeof schedulingTopic>;

/** What scheduling's log comes to. */
export const foldScheduling = () => {
  const folded = empty();
  return { hear: (told: SchedulingTold): void => hear(folded, told), ...folded };
};

const empty = () => ({
  /** Of published rosters, with those that were released again. */
  assignments: new Map<string, Fact>(),
  rosters: new Map<string, Fact>(),
  swaps: new Map<string, Fact>(),
  /** By roster: how many its publication has given. */
  given: new Map<string, number>(),
});

type Folded = ReturnType<typeof empty>;

const hear = (folded: Folded, told: SchedulingTold): void => {
  switch (told.type) {
    case "DutyAssigned":
      assign(folded, told);
      break;
    case "DutyReleased":
      release(folded, told);
      break;
    case "RosterPublished":
      publish(folded, told);
      break;
    default:
      hearOfSwap(folded, told);
  }
};

type Of<Type extends SchedulingTold["type"]> = Extract<SchedulingTold, { readonly type: Type }>;

const assign = (folded: Folded, { event, at }: Of<"DutyAssigned">): void => {
  const { assignments, given } = folded;
  if (assignments.has(event.assignmentId)) throw new Error("It was assigned before.");
  if (event.byPublication) given.set(event.rosterId, (given.get(event.rosterId) ?? 0) + 1);
  reach(folded, event);
  assignments.set(event.assignmentId, {
    duty: event.dutyId,
    driver: event.driverId,
    roster: event.rosterId,
    depot: event.depotId,
    service_date: event.serviceDate,
    starts: timeText(event.starts),
    ends: timeText(event.ends),
    roster_version: event.rosterVersion,
    // A draft has no version yet.
    from_version: event.byPublication ? 0 : event.rosterVersion,
    assigned_at: at,
    live: true,
    to_version: null,
    released_at: null,
  });
};

const release = (folded: Folded, { event, at }: Of<"DutyReleased">): void => {
  const before = known(folded.assignments, event.assignmentId);
  if (before.live !== true) throw new Error("It was released before.");
  if (before.driver !== event.driverId || before.duty !== event.dutyId)
    throw new Error("It is released from another driver or duty than it was assigned to.");
  reach(folded, event);
  const released = { live: false, to_version: event.rosterVersion, released_at: at };
  folded.assignments.set(event.assignmentId, { ...before, ...released });
};

// A publication tells its assignments first and the roster last; from then on the newest version is that of what came last.
const reach = ({ rosters }: Folded, { rosterId, rosterVersion }: { rosterId: string; rosterVersion: number }): void => {
  const before = rosters.get(rosterId);
  if (before) rosters.set(rosterId, { ...before, current_version: rosterVersion });
};

const publish = ({ rosters, given }: Folded, { event }: Of<"RosterPublished">): void => {
  const count = given.get(event.rosterId) ?? 0;
  if (count !== event.assigned) throw new Error(`It tells of ${event.assigned} assignments, and ${count} were told.`);
  const days = { depot: event.depotId, first_day: event.firstDay, last_day: event.lastDay };
  rosters.set(event.rosterId, { ...days, current_version: event.rosterVersion });
};

const states = {
  SwapAccepted: "accepted",
  SwapDeclined: "declined",
  SwapCancelled: "cancelled",
  SwapExpired: "expired",
  SwapApproved: "completed",
} as const;

const hearOfSwap = (
  { swaps }: Folded,
  told: Exclude<SchedulingTold, Of<"DutyAssigned" | "DutyReleased" | "RosterPublished">>,
): void => {
  const { swapId, depotId: depot, requestedBy: requested_by, requestedOf: requested_of } = told.event;
  const parties = { depot, requested_by, requested_of };
  if (told.type === "SwapRequested") {
    const { offeredAssignmentId: offered, wantedAssignmentId: wanted } = told.event;
    swaps.set(swapId, { ...parties, offered, wanted, state: "pending" });
  } else swaps.set(swapId, { ...known(swaps, swapId), ...parties, state: states[told.type] });
};
