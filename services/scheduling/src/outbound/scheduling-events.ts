import { ReleaseCause as ProtoCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { schedulingTopic } from "@headway/contracts/topics";
import { wordsOf } from "@headway/contracts/words";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { ReleaseCause } from "../model/assignment.ts";
import type { DutyEvent, RosterEvent, SchedulingEvent, SwapEvent } from "../model/events.ts";

type SchedulingFact = Fact<typeof schedulingTopic>;

/** What the model tells, as the events that others hear. */
export const schedulingEvents = (log: EventLog<typeof schedulingTopic>) => ({
  record: (tx: Tx, events: readonly SchedulingEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

export const causes = wordsOf<ReleaseCause, ProtoCause>({
  unassigned: ProtoCause.UNASSIGNED,
  absence: ProtoCause.ABSENCE,
  missed: ProtoCause.MISSED,
  swap: ProtoCause.SWAP,
  "cancelled-duty": ProtoCause.CANCELLED_DUTY,
  terminated: ProtoCause.TERMINATED,
  moved: ProtoCause.MOVED,
});

const toFact = (event: SchedulingEvent): SchedulingFact => {
  switch (event.type) {
    case "DutyAssigned":
    case "DutyReleased":
      return toDutyFact(event);
    case "RosterPublished":
      return toRosterFact(event);
    default:
      return toSwapFact(event);
  }
};

const toDutyFact = (event: DutyEvent): SchedulingFact => {
  const { assignment, duty, told, rosterVersion } = event;
  const about = { aggregate: duty.id, version: told };
  const held = {
    assignmentId: assignment.id,
    dutyId: duty.id,
    driverId: assignment.driver,
    rosterId: assignment.roster,
    depotId: duty.depot,
    serviceDate: duty.date.toString(),
    rosterVersion,
  };
  if (event.type === "DutyReleased")
    return { type: event.type, ...about, payload: { ...held, cause: causes.toProto(event.cause) } };
  const worked = { starts: toTimestamp(assignment.worked.starts), ends: toTimestamp(assignment.worked.ends) };
  return { type: event.type, ...about, payload: { ...held, ...worked, byPublication: event.byPublication } };
};

const toRosterFact = ({ type, roster, assigned, open }: RosterEvent): SchedulingFact => ({
  type,
  aggregate: roster.id,
  version: roster.version,
  payload: {
    rosterId: roster.id,
    depotId: roster.depot,
    firstDay: roster.from.toString(),
    lastDay: roster.to.toString(),
    rosterVersion: roster.current,
    assigned,
    open,
  },
});

const toSwapFact = (event: SwapEvent): SchedulingFact => {
  const { id, depot, requestedBy, requestedOf, offered, wanted, version } = event.swap;
  const about = { aggregate: id, version };
  const parties = { swapId: id, depotId: depot, requestedBy, requestedOf };
  switch (event.type) {
    case "SwapRequested":
      return {
        type: event.type,
        ...about,
        payload: { ...parties, offeredAssignmentId: offered, wantedAssignmentId: wanted },
      };
    case "SwapApproved":
      return { type: event.type, ...about, payload: { ...parties, rosterVersion: event.rosterVersion } };
    case "SwapExpired":
      return { type: event.type, ...about, at: event.at, payload: parties };
    default:
      return { type: event.type, ...about, payload: parties };
  }
};
