import type { AssignmentId, DepotId, DriverId, DutyId, Version } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import { type Assignment, type AssignmentState, isUnderWay } from "../model/assignment.ts";
import type { CancelCause, Cancellation, Duty, DutyState } from "../model/duty.ts";
import type { Windows } from "../model/windows.ts";

export const windowColumns =
  "opens_minutes, late_minutes, missed_minutes, call_in_minutes, early_minutes, overrun_minutes, sign_off_by_system_minutes";

export const dutyColumns = `duty.id, duty.depot_id, duty.service_date, duty.starts, duty.ends, duty.pieces, duty.activated_at,
  duty.state, duty.cancelled_by, duty.cancel_cause, duty.cancel_note, duty.version, ${windowColumns}`;

export const assignmentColumns =
  "id, duty_id, driver_id, state, assigned_at, signed_on_at, breaks, signed_off_at, counts_until, worked_minutes, needs_review, verified_by, verified_at";

/** What else the driver of an assignment works around it: two days are longer than any duty and what is granted after it. */
export const elsewhereSql = `
  select coalesce(json_agg(json_build_object('starts', other.signed_on_at, 'ends', other.counts_until)), '[]')
  from assignment as other
  where other.driver_id = assignment.driver_id and other.id <> assignment.id and other.signed_on_at is not null
    and other.starts between assignment.starts - interval '2 days' and assignment.starts + interval '2 days'`;

/** The driver's own sign-off from an assignment, also one that came too late to count by itself. */
export const ownSignOffSql = `
  select max(signing.at) from signing
  where signing.driver_id = assignment.driver_id and signing.assignment_id = assignment.id and signing.kind = 'sign-off'
    and signing.at between assignment.signed_on_at and assignment.starts + interval '2 days'`;

export type WindowsRecord = {
  opens_minutes: number;
  late_minutes: number;
  missed_minutes: number;
  call_in_minutes: number;
  early_minutes: number;
  overrun_minutes: number;
  sign_off_by_system_minutes: number;
};

export type IntervalRecord = { starts: string; ends: string };

export type DutyRecord = WindowsRecord & {
  id: DutyId;
  depot_id: DepotId;
  service_date: string;
  starts: string;
  ends: string;
  pieces: IntervalRecord[];
  activated_at: string;
  state: DutyState;
  version: Version;
} & (
    | { cancelled_by: Cancellation["by"]; cancel_cause: CancelCause; cancel_note: string | null }
    | { cancelled_by: null }
  );

export type AssignmentRecord = {
  id: AssignmentId;
  duty_id: DutyId;
  driver_id: DriverId;
  state: AssignmentState;
  assigned_at: string;
  signed_on_at: string | null;
  breaks: { starts: string; ends: string | null }[];
  signed_off_at: string | null;
  /** Also of a driver who is there, by the plan. */
  counts_until: string | null;
  worked_minutes: number | null;
  needs_review: boolean;
  own_sign_off: string | null;
  elsewhere: IntervalRecord[];
} & ({ verified_by: string; verified_at: string } | { verified_by: null });

export const toDuty = (record: DutyRecord, assignments: readonly AssignmentRecord[]): Duty => ({
  id: record.id,
  depot: record.depot_id,
  serviceDate: Temporal.PlainDate.from(record.service_date),
  plan: { starts: instantOf(record.starts), ends: instantOf(record.ends), pieces: toIntervals(record.pieces) },
  windows: toWindows(record),
  activatedAt: instantOf(record.activated_at),
  state: record.state,
  cancelled: toCancellation(record),
  assignments: assignments.map(toAssignment),
  version: record.version,
});

const toCancellation = (record: DutyRecord): Cancellation | null =>
  record.cancelled_by === null
    ? null
    : { by: record.cancelled_by, cause: record.cancel_cause, note: record.cancel_note };

export const toWindows = (record: WindowsRecord): Windows => ({
  opens: record.opens_minutes,
  late: record.late_minutes,
  missed: record.missed_minutes,
  callIn: record.call_in_minutes,
  early: record.early_minutes,
  overrun: record.overrun_minutes,
  signOffBySystem: record.sign_off_by_system_minutes,
});

export const toIntervals = (records: readonly IntervalRecord[]): Interval[] =>
  records.map(({ starts, ends }) => ({ starts: instantOf(starts), ends: instantOf(ends) }));

const toAssignment = (record: AssignmentRecord): Assignment => ({
  id: record.id,
  driver: record.driver_id,
  state: record.state,
  assignedAt: instantOf(record.assigned_at),
  signedOn: instantOrNull(record.signed_on_at),
  breaks: record.breaks.map(({ starts, ends }) => ({ starts: instantOf(starts), ends: instantOrNull(ends) })),
  signedOff: instantOrNull(record.signed_off_at),
  ownSignOff: instantOrNull(record.own_sign_off),
  countsUntil: isUnderWay(record) ? null : instantOrNull(record.counts_until),
  workedMinutes: record.worked_minutes,
  needsReview: record.needs_review,
  verified: record.verified_by === null ? null : { by: record.verified_by, at: instantOf(record.verified_at) },
  elsewhere: toIntervals(record.elsewhere),
});
