import type { Instant } from "@headway/kernel/clock";
import { missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DriverId, DutyId, Version } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import type { AssignmentState, Settled } from "../model/assignment.ts";
import type { CancelCause, DutyState } from "../model/duty.ts";
import type { PickReason } from "../model/replacement.ts";
import { verifiableUntil } from "../model/verify.ts";
import { elsewhereSql, type IntervalRecord, ownSignOffSql, toIntervals } from "./duty-record.ts";

export type DayAssignment = {
  readonly id: AssignmentId;
  readonly driver: DriverId;
  readonly state: AssignmentState;
  readonly signedOn: Instant | null;
  readonly signedOff: Instant | null;
  readonly workedMinutes: number | null;
  readonly needsReview: boolean;
  readonly verified: Settled | null;
  /** The latest sign-off that can be verified; null before the sign-on. */
  readonly verifiableUntil: Instant | null;
  /** Null for who was rostered and not called in. */
  readonly replacement: { readonly reason: PickReason; readonly note: string | null } | null;
};

/** A duty of a day, as screens show it. */
export type DayDuty = {
  readonly id: DutyId;
  readonly depot: DepotId;
  readonly serviceDate: string;
  readonly run: string;
  readonly line: string;
  readonly starts: Instant;
  readonly ends: Instant;
  readonly state: DutyState;
  readonly cancelled: { readonly cause: CancelCause; readonly note: string | null } | null;
  /** The newest last. */
  readonly assignments: readonly DayAssignment[];
  readonly version: Version;
};

export const dayQueries = (db: Database) => ({
  /** By start, then run; without what planning withdrew. */
  async list(depot: DepotId, date: PlainDate): Promise<readonly DayDuty[]> {
    const records = await db.rows<DayDutyRecord>(
      `${dayDutySql} where duty.depot_id = $1 and duty.service_date = $2 and duty.cancelled_by is distinct from 'planning'
       order by duty.starts, planned_duty.run_id, duty.id`,
      [depot, date.toString()],
    );
    return records.map(toModel);
  },

  /** The duties of the day with worked time that a person must look at, by start, then run. */
  async reviews(depot: DepotId, date: PlainDate): Promise<readonly DayDuty[]> {
    const records = await db.rows<DayDutyRecord>(
      `${dayDutySql} where duty.depot_id = $1 and duty.service_date = $2
         and exists (select from assignment where assignment.duty_id = duty.id and needs_review)
       order by duty.starts, planned_duty.run_id, duty.id`,
      [depot, date.toString()],
    );
    return records.map(toModel);
  },

  /** The duty that an assignment is on. Refused with `assignment.unknown`. */
  async ofAssignment(id: AssignmentId): Promise<DayDuty> {
    const [record] = await db.rows<DayDutyRecord>(
      `${dayDutySql} where duty.id = (select duty_id from assignment where assignment.id = $1)`,
      [id],
    );
    if (!record) throw missing("assignment.unknown", "There is no such assignment on an activated day.");
    return toModel(record);
  },

  /** Refused with `duty.unknown`. */
  async get(id: DutyId): Promise<DayDuty> {
    const [record] = await db.rows<DayDutyRecord>(`${dayDutySql} where duty.id = $1`, [id]);
    if (!record)
      throw missing("duty.unknown", "There is no such duty on an activated day; a new one is known in a moment.");
    return toModel(record);
  },
});

const dayDutySql = `
  select duty.id, duty.depot_id, duty.service_date, planned_duty.run_id, planned_duty.line, duty.starts, duty.ends, duty.state,
    duty.cancel_cause, duty.cancel_note, duty.version, depot.sign_off_by_system_minutes,
    (select coalesce(json_agg(json_build_object('id', assignment.id, 'driver_id', driver_id, 'state', assignment.state,
       'signed_on_at', signed_on_at, 'signed_off_at', signed_off_at, 'worked_minutes', worked_minutes, 'needs_review', needs_review,
       'own_sign_off', (${ownSignOffSql}), 'elsewhere', (${elsewhereSql}),
       'verified_by', verified_by, 'verified_at', verified_at, 'replacement_reason', replacement.reason, 'replacement_note', replacement.note) order by place), '[]')
     from assignment left join replacement on replacement.assignment_id = assignment.id
     where assignment.duty_id = duty.id) as assignments
  from duty join planned_duty on planned_duty.id = duty.id join depot on depot.id = duty.depot_id`;

type DayAssignmentRecord = {
  id: AssignmentId;
  driver_id: DriverId;
  state: AssignmentState;
  signed_on_at: string | null;
  signed_off_at: string | null;
  worked_minutes: number | null;
  needs_review: boolean;
  own_sign_off: string | null;
  elsewhere: IntervalRecord[];
} & ({ verified_by: string; verified_at: string } | { verified_by: null }) &
  ({ replacement_reason: PickReason; replacement_note: string | null } | { replacement_reason: null });

type DayDutyRecord = {
  id: DutyId;
  depot_id: DepotId;
  service_date: string;
  run_id: string;
  line: string;
  starts: string;
  ends: string;
  state: DutyState;
  version: Version;
  sign_off_by_system_minutes: number;
  assignments: DayAssignmentRecord[];
} & ({ cancel_cause: CancelCause; cancel_note: string | null } | { cancel_cause: null });

const toModel = (record: DayDutyRecord): DayDuty => ({
  id: record.id,
  depot: record.depot_id,
  serviceDate: record.service_date,
  run: record.run_id,
  line: record.line,
  starts: instantOf(record.starts),
  ends: instantOf(record.ends),
  state: record.state,
  cancelled: record.cancel_cause === null ? null : { cause: record.cancel_cause, note: record.cancel_note },
  assignments: record.assignments.map((assignment) => toDayAssignment(assignment, record)),
  version: record.version,
});

const toDayAssignment = (record: DayAssignmentRecord, duty: DayDutyRecord): DayAssignment => ({
  id: record.id,
  driver: record.driver_id,
  state: record.state,
  signedOn: instantOrNull(record.signed_on_at),
  signedOff: instantOrNull(record.signed_off_at),
  workedMinutes: record.worked_minutes,
  needsReview: record.needs_review,
  verified: record.verified_by === null ? null : { by: record.verified_by, at: instantOf(record.verified_at) },
  verifiableUntil: verifiableUntil(
    { plan: { ends: instantOf(duty.ends) }, windows: { signOffBySystem: duty.sign_off_by_system_minutes } },
    {
      signedOn: instantOrNull(record.signed_on_at),
      ownSignOff: instantOrNull(record.own_sign_off),
      elsewhere: toIntervals(record.elsewhere),
    },
  ),
  replacement:
    record.replacement_reason === null ? null : { reason: record.replacement_reason, note: record.replacement_note },
});
