import type { AssignmentId, DepotId, DriverId, DutyId, RosterId, Version } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { instantOf } from "@headway/postgres/instants";
import type { Assignment, AssignmentState, Held } from "../model/assignment.ts";
import type { Duty, DutyState } from "../model/duty.ts";

export const dutyColumns = `duty.id as duty_id, duty.depot_id, duty.service_date, duty.service_id, duty.run_id, duty.starts_at,
  duty.ends_at, duty.work_minutes as duty_minutes, duty.qualification,
  case when duty.withdrawn then 'withdrawn'
    when exists (select from cancelled_duty where cancelled_duty.duty_id = duty.id) then 'cancelled'
    else 'planned' end as duty_state,
  duty.told`;

export type DutyRecord = {
  duty_id: DutyId;
  depot_id: DepotId;
  service_date: string;
  service_id: string;
  run_id: string;
  starts_at: string;
  ends_at: string;
  duty_minutes: number;
  qualification: string | null;
  duty_state: DutyState;
  told: number;
};

export const assignmentColumns = `assignment.id, assignment.roster_id, assignment.duty_id as held_duty_id,
  assignment.driver_id,
  lower(assignment.worked) as worked_from, upper(assignment.worked) as worked_to, assignment.work_minutes, assignment.state,
  assignment.from_version, assignment.to_version, assignment.version`;

export type AssignmentRecord = {
  id: AssignmentId;
  roster_id: RosterId;
  held_duty_id: DutyId;
  driver_id: DriverId;
  worked_from: string;
  worked_to: string;
  work_minutes: number;
  state: AssignmentState;
  from_version: number;
  to_version: number | null;
  version: Version;
};

export const toDuty = (record: DutyRecord): Duty => ({
  id: record.duty_id,
  depot: record.depot_id,
  date: Temporal.PlainDate.from(record.service_date),
  service: record.service_id,
  run: record.run_id,
  worked: { starts: instantOf(record.starts_at), ends: instantOf(record.ends_at) },
  work: record.duty_minutes,
  qualification: record.qualification,
  state: record.duty_state,
  told: record.told,
});

export const toAssignment = (record: AssignmentRecord): Assignment => ({
  id: record.id,
  roster: record.roster_id,
  duty: record.held_duty_id,
  driver: record.driver_id,
  worked: { starts: instantOf(record.worked_from), ends: instantOf(record.worked_to) },
  work: record.work_minutes,
  state: record.state,
  reign: { from: record.from_version, to: record.to_version },
  version: record.version,
});

export const toHeld = (record: DutyRecord & AssignmentRecord): Held => ({
  assignment: toAssignment(record),
  duty: toDuty(record),
});
