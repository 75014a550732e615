import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import type { schedulingTopic } from "@headway/contracts/topics";
import type { Expected } from "../compare.ts";
import type { Told } from "../told.ts";

type SchedulingTold = Told<typeof schedulingTopic>;
type Of<Type extends SchedulingTold["type"]> = Extract<SchedulingTold, { readonly type: Type }>;

type Release = Pick<Of<"DutyReleased">["event"], "driverId" | "assignmentId" | "cause" | "rosterVersion">;

const empty = () => ({
  /** By employee, kind, subject and occasion: what must lie in an inbox, seen or not. */
  lasting: new Map<string, Expected>(),
  /** In the same way: what was taken back unless it was seen. */
  takenBack: new Map<string, Expected>(),
  /** By employee and duty: who must have heard that a duty of theirs is another; the newest such news is enough. */
  changed: new Set<string>(),
  /** By duty: the release that was told last, unless somebody got the duty since. */
  released: new Map<string, Release>(),
  /** By duty: who holds it since when. */
  holders: new Map<string, { readonly driver: string; readonly since: string }>(),
  /** Swaps to which both have agreed. */
  accepted: new Set<string>(),
});

/** What scheduling's log must have come to in the inboxes of drivers. */
export const foldNews = () => {
  const { released, accepted, ...folded } = empty();
  return { hear: (told: SchedulingTold): void => hear({ ...folded, released, accepted }, told), ...folded };
};

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
      break;
    default:
      swap(folded, told);
  }
};

/** Who gets a duty hears of it, or of the roster or the swap that it came with; who gets it back in the change that took it never lost it. */
const assign = (folded: Folded, { event, at }: Of<"DutyAssigned">): void => {
  const { dutyId, driverId: driver, assignmentId } = event;
  const before = folded.released.get(dutyId);
  const inOneChange = before?.rosterVersion === event.rosterVersion ? before : null;
  const back = inOneChange?.driverId === driver ? inOneChange : null;
  folded.released.delete(dutyId);
  folded.holders.set(dutyId, { driver, since: at });
  if (event.byPublication) folded.lasting.set(keyOf(driver, "roster-published", event.rosterId, ""), {});
  else if (inOneChange?.cause !== ReleaseCause.SWAP) {
    if (back) folded.changed.add(`${driver} ${dutyId}`);
    else folded.lasting.set(keyOf(driver, "duty-assigned", dutyId, assignmentId), { at });
  }
  if (!back) return;
  const key = keyOfReleased(dutyId, back);
  const news = folded.lasting.get(key);
  if (news) folded.takenBack.set(key, news);
  folded.lasting.delete(key);
};

const release = ({ released, holders, lasting }: Folded, { event, at }: Of<"DutyReleased">): void => {
  released.set(event.dutyId, event);
  holders.delete(event.dutyId);
  if (event.cause !== ReleaseCause.SWAP) lasting.set(keyOfReleased(event.dutyId, event), { at });
};

const keyOfReleased = (duty: string, { driverId, assignmentId, cause }: Release): string =>
  keyOf(driverId, cause === ReleaseCause.CANCELLED_DUTY ? "duty-cancelled" : "duty-released", duty, assignmentId);

const kinds = {
  SwapRequested: "swap-requested",
  SwapAccepted: "swap-accepted",
  SwapDeclined: "swap-declined",
  SwapCancelled: "swap-cancelled",
  SwapExpired: "swap-expired",
  SwapApproved: "swap-approved",
} as const;

/** Whoever did not do it themselves hears of it; once both have agreed it is a dispatcher who declines. */
const swap = (
  { lasting, accepted }: Folded,
  { type, event, at }: Exclude<SchedulingTold, Of<"DutyAssigned" | "DutyReleased" | "RosterPublished">>,
): void => {
  const { swapId, requestedBy, requestedOf } = event;
  const both = [requestedBy, requestedOf];
  const hearers = {
    SwapRequested: [requestedOf],
    SwapAccepted: [requestedBy],
    SwapDeclined: accepted.has(swapId) ? both : [requestedBy],
    SwapCancelled: [requestedOf],
    SwapExpired: both,
    SwapApproved: both,
  };
  if (type === "SwapAccepted") accepted.add(swapId);
  for (const hearer of hearers[type]) lasting.set(keyOf(hearer, kinds[type], swapId, ""), { at });
};

/** As a notice is told apart from all others. */
const keyOf = (employee: string, kind: string, subject: string, occasion: string): string =>
  [employee, kind, subject, occasion].join(" ");
