import { AbsenceKind as ProtoKind } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { hrTopic } from "@headway/contracts/topics";
import { wordsOf } from "@headway/contracts/words";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { AbsenceEvent, AbsenceKind } from "../model/absence.ts";
import type { DepotOpened } from "../model/depot.ts";
import type { EmployeeEvent, Qualification } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

/** What the model tells, as the events that others hear: ids, no names, no rates. */
export const hrEvents = (log: EventLog<typeof hrTopic>) => ({
  record: (tx: Tx, events: readonly HrEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

export const absenceKinds = wordsOf<AbsenceKind, ProtoKind>({
  vacation: ProtoKind.VACATION,
  sick: ProtoKind.SICK,
  training: ProtoKind.TRAINING,
  unpaid: ProtoKind.UNPAID,
  "no-show": ProtoKind.NO_SHOW,
});

type HrFact = Fact<typeof hrTopic>;

const toFact = (event: HrEvent): HrFact => {
  if ("depot" in event) return toDepotFact(event);
  return "absence" in event ? toAbsenceFact(event) : toEmployeeFact(event);
};

const toDepotFact = ({ type, depot: { id, code, zone, version } }: DepotOpened): HrFact => ({
  type,
  aggregate: id,
  version,
  payload: { depotId: id, code, timeZone: zone },
});

const toEmployeeFact = (event: EmployeeEvent): HrFact => {
  const { id, number, depot, hiredOn, version } = event.employee;
  const about = { aggregate: id, version };
  switch (event.type) {
    case "EmployeeHired":
      return {
        type: event.type,
        ...about,
        payload: { employeeId: id, number, depotId: depot, hiredOn: hiredOn.toString() },
      };
    case "EmployeeMoved":
      return { type: event.type, ...about, payload: { employeeId: id, depotId: depot, fromDepotId: event.from } };
    case "EmployeeTerminated":
      return { type: event.type, ...about, payload: { employeeId: id, lastDay: event.lastDay.toString() } };
    case "ContractChanged": {
      const { id: contractId, agreement, weeklyMinutes, from } = event.contract;
      const payload = { employeeId: id, contractId, agreement, weeklyMinutes, validFrom: from.toString() };
      return { type: event.type, ...about, payload };
    }
    case "QualificationGranted": {
      const { code, from } = event.qualification;
      const payload = { employeeId: id, code, validFrom: from.toString(), validUntil: endOf(event.qualification) };
      return { type: event.type, ...about, payload };
    }
    case "QualificationExpired": {
      const { code } = event.qualification;
      return { type: event.type, ...about, payload: { employeeId: id, code, validUntil: endOf(event.qualification) } };
    }
  }
};

const endOf = ({ until }: Qualification): string => until?.toString() ?? "";

const toAbsenceFact = ({ type, absence }: AbsenceEvent): HrFact => {
  const { id, employee, depot, kind, away, version } = absence;
  const about = { aggregate: id, version };
  const whose = { absenceId: id, employeeId: employee, depotId: depot };
  switch (type) {
    case "AbsenceRequested":
    case "AbsenceApproved": {
      const payload = {
        ...whose,
        kind: absenceKinds.toProto(kind),
        starts: toTimestamp(away.starts),
        ends: toTimestamp(away.ends),
      };
      return { type, ...about, payload };
    }
    case "AbsenceDenied":
    case "AbsenceCancelled":
      return { type, ...about, payload: whose };
  }
};
