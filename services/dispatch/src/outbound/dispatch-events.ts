import {
  CancelCause as ProtoCause,
  DismissReason as ProtoDismissReason,
  PickReason as ProtoPickReason,
  WorkedKind,
} from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { dispatchTopic } from "@headway/contracts/topics";
import { wordsOf } from "@headway/contracts/words";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { CancelCause } from "../model/duty.ts";
import type { DispatchEvent, DutyEvent, OrphanEvent } from "../model/events.ts";
import type { DismissReason } from "../model/orphaned-signing.ts";
import type { PickReason } from "../model/replacement.ts";
import type { WorkedInterval } from "../model/worked-time.ts";

type DispatchFact = Fact<typeof dispatchTopic>;

/** What the model tells, as the events that others hear: ids, times and codes, each with the depot and the day that a screen shows. */
export const dispatchEvents = (log: EventLog<typeof dispatchTopic>) => ({
  record: (tx: Tx, events: readonly DispatchEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

export const cancelCauses = wordsOf<CancelCause, ProtoCause>({
  "no-driver": ProtoCause.NO_DRIVER,
  "no-vehicle": ProtoCause.NO_VEHICLE,
  disruption: ProtoCause.DISRUPTION,
  "timetable-change": ProtoCause.TIMETABLE_CHANGE,
  other: ProtoCause.OTHER,
});

export const pickReasons = wordsOf<PickReason, ProtoPickReason>({
  "first-in-order": ProtoPickReason.FIRST_IN_ORDER,
  "named-by-dispatcher": ProtoPickReason.NAMED_BY_DISPATCHER,
});

export const dismissReasons = wordsOf<DismissReason, ProtoDismissReason>({
  "counted-already": ProtoDismissReason.COUNTED_ALREADY,
  "not-worked": ProtoDismissReason.NOT_WORKED,
  mistake: ProtoDismissReason.MISTAKE,
  other: ProtoDismissReason.OTHER,
});

const workedKinds = wordsOf<WorkedInterval["kind"], WorkedKind>({ work: WorkedKind.WORK, break: WorkedKind.BREAK });

const toFact = (event: DispatchEvent): DispatchFact => {
  switch (event.type) {
    case "DayActivated": {
      const { type, day, depot, serviceDate, duties, open, at } = event;
      const payload = { depotId: depot, serviceDate: serviceDate.toString(), duties, open };
      return { type, aggregate: day, version: 1, at, payload };
    }
    case "SigningOrphaned":
    case "SigningMatched":
    case "SigningDismissed":
      return toOrphanFact(event);
    default:
      return toDutyFact(event);
  }
};

const toOrphanFact = (event: OrphanEvent): DispatchFact => {
  const { orphan, at } = event;
  const { id, driver } = orphan.taken.signing;
  const about = { aggregate: id, version: orphan.version, at };
  const { depot, serviceDate } = orphan;
  const ofSigning = { depotId: depot, serviceDate: serviceDate.toString(), driverId: driver, signingId: id };
  switch (event.type) {
    case "SigningOrphaned": {
      const payload = { ...ofSigning, at: toTimestamp(at), dutyId: orphan.taken.duty ?? "" };
      return { type: event.type, ...about, payload };
    }
    case "SigningMatched": {
      const payload = { ...ofSigning, dutyId: event.duty, assignmentId: event.assignment };
      return { type: event.type, ...about, payload };
    }
    case "SigningDismissed":
      return { type: event.type, ...about, payload: { ...ofSigning, reason: dismissReasons.toProto(event.reason) } };
  }
};

const toDutyFact = (event: DutyEvent): DispatchFact => {
  const { duty, at } = event;
  const about = { aggregate: duty.id, version: duty.version, at };
  const ofDuty = { depotId: duty.depot, serviceDate: duty.serviceDate.toString(), dutyId: duty.id };
  switch (event.type) {
    case "DutyCancelled":
      return { type: event.type, ...about, payload: { ...ofDuty, cause: cancelCauses.toProto(event.cause) } };
    case "DutyReactivated":
      return { type: event.type, ...about, payload: ofDuty };
    default:
      return toDriverFact(event);
  }
};

const toDriverFact = (
  event: Exclude<DutyEvent, { readonly type: "DutyCancelled" | "DutyReactivated" }>,
): DispatchFact => {
  const { duty, at, assignment, driver } = event;
  const about = { aggregate: duty.id, version: duty.version, at };
  const ofDuty = { depotId: duty.depot, serviceDate: duty.serviceDate.toString(), dutyId: duty.id };
  const ofDriver = { ...ofDuty, assignmentId: assignment, driverId: driver };
  const then = { ...ofDriver, at: toTimestamp(at) };
  switch (event.type) {
    case "DriverLate":
    case "BreakStarted":
    case "BreakEnded":
      return { type: event.type, ...about, payload: then };
    case "DriverMissed": {
      const { starts, ends } = duty.plan;
      const payload = { ...then, starts: toTimestamp(starts), ends: toTimestamp(ends) };
      return { type: event.type, ...about, payload };
    }
    case "DriverSignedOn":
      return { type: event.type, ...about, payload: { ...then, minutesLate: event.minutesLate } };
    case "DriverSignedOff": {
      const payload = { ...then, bySystem: event.by === "system", relieved: event.by === "relief" };
      return { type: event.type, ...about, payload };
    }
    case "WorkedTimeRecorded": {
      const { worked, needsReview } = event;
      const intervals = worked.intervals.map(toWorkedInterval);
      const payload = { ...ofDriver, intervals, workedMinutes: worked.minutes, needsReview };
      return { type: event.type, ...about, payload };
    }
    case "WorkedTimeVerified":
      return { type: event.type, ...about, payload: { ...ofDriver, signedOffAt: toTimestamp(event.signedOff) } };
    case "ReplacementPicked": {
      const { replacement, passedOver } = event;
      const reason = pickReasons.toProto(event.reason);
      const payload = { ...ofDriver, replacementId: replacement, reason, passedOver };
      return { type: event.type, ...about, payload };
    }
  }
};

const toWorkedInterval = ({ kind, starts, ends }: WorkedInterval) => ({
  kind: workedKinds.toProto(kind),
  starts: toTimestamp(starts),
  ends: toTimestamp(ends),
});
