import type { Instant } from "@headway/kernel/clock";
import { conflict, missing } from "@headway/kernel/domain-error";
import type { DriverId, DutyId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import type { Tx } from "@headway/kernel/tx";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { Duty } from "../model/duty.ts";
import { workOf } from "../model/elsewhere.ts";
import { dueAt } from "../model/keep-time.ts";
import {
  type AssignmentRecord,
  assignmentColumns,
  type DutyRecord,
  dutyColumns,
  elsewhereSql,
  ownSignOffSql,
  toDuty,
} from "./duty-record.ts";

/** A duty as it was loaded and as it shall be. */
export type DutyChange = { readonly before: Duty; readonly after: Duty };

export const dutyRepository = {
  /** Refused with `duty.unknown`, and with `duty.changed` where another version is expected. */
  async lock(tx: Tx, id: DutyId, expected: Version | null = null): Promise<Duty> {
    const [duty] = await dutyRepository.lockAll(tx, [id]);
    if (!duty)
      throw missing("duty.unknown", "There is no such duty on an activated day; a new one is known in a moment.");
    if (expected !== null) mustStandAt(expected, "duty", duty);
    return duty;
  },

  /** In order of their ids; what is not there is left out. */
  async lockAll(tx: Tx, ids: readonly DutyId[]): Promise<readonly Duty[]> {
    const records = await rows<DutyRecord>(
      tx,
      `select ${dutyColumns} from duty join depot on depot.id = duty.depot_id
       where duty.id = any($1::uuid[]) order by duty.id for update of duty`,
      [ids],
    );
    return withAssignments(tx, records);
  },

  /** The driver's duties that start from two days before an instant to a day after it, in order of their ids. */
  async lockNear(tx: Tx, driver: DriverId, at: Instant): Promise<readonly Duty[]> {
    const records = await rows<DutyRecord>(
      tx,
      `select ${dutyColumns} from duty join depot on depot.id = duty.depot_id
       where duty.id in (
         select duty_id from assignment where driver_id = $1
           and starts between $2::timestamptz - interval '2 days' and $2::timestamptz + interval '1 day')
       order by duty.id for update of duty`,
      [driver, at.toString()],
    );
    return withAssignments(tx, records);
  },

  /** Where the clock has something to decide: at most 100, the longest due first. */
  async due(tx: Tx, now: Instant): Promise<readonly DutyId[]> {
    const records = await rows<{ duty_id: DutyId }>(
      tx,
      "select duty_id from assignment where due_at <= $1 order by due_at, id limit 100",
      [now.toString()],
    );
    return records.map(({ duty_id }) => duty_id);
  },

  async add(tx: Tx, duties: readonly Duty[]): Promise<void> {
    await execute(
      tx,
      `with put as (
         insert into duty (id, depot_id, service_date, starts, ends, pieces, activated_at, state, cancelled_by, cancel_cause, cancel_note, version)
         select id, depot_id, service_date, starts, ends, pieces, activated_at, state, cancelled_by, cancel_cause, cancel_note, version
         from jsonb_to_recordset($1) as said (${saidOfDuty}, service_date date, activated_at timestamptz) returning id)
       ${putAssignments}`,
      [JSON.stringify(duties.map(toRecord)), JSON.stringify(duties.flatMap(toAssignmentRecords))],
    );
  },

  /** Refused with `duty.changed` where one has another version than it was loaded with, and with `driver.at-work`. */
  async save(tx: Tx, changes: readonly DutyChange[]): Promise<void> {
    const duties = changes.map(({ before, after }) => ({ ...toRecord(after), before: before.version }));
    const assignments = changes.flatMap(({ after }) => toAssignmentRecords(after));
    const saved = await rows(
      tx,
      `with put as (
         update duty set starts = said.starts, ends = said.ends, pieces = said.pieces, state = said.state,
           cancelled_by = said.cancelled_by, cancel_cause = said.cancel_cause, cancel_note = said.cancel_note, version = said.version
         from jsonb_to_recordset($1) as said (${saidOfDuty}, before integer)
         where duty.id = said.id and duty.version = said.before returning duty.id),
       assigned as (${putAssignments})
       select id from put`,
      [JSON.stringify(duties), JSON.stringify(assignments)],
    ).catch(
      onViolation({
        // Only in a race: the model has decided by what had been saved before.
        assignment_no_overlap: () => conflict("driver.at-work", "The driver is at work elsewhere at that time."),
      }),
    );
    if (saved.length !== changes.length) throw lostRace("duty");
  },
};

const saidOfDuty =
  "id uuid, depot_id uuid, starts timestamptz, ends timestamptz, pieces jsonb, state text, cancelled_by text, cancel_cause text, cancel_note text, version integer";

// In order of place: who leaves comes before who takes over, as the index on holders wants it.
const putAssignments = `
  insert into assignment (${assignmentColumns}, place, starts, due_at)
  select said.id, duty_id, driver_id, state, assigned_at, signed_on_at, breaks, signed_off_at, counts_until, worked_minutes, needs_review, verified_by, verified_at, place, starts, due_at
  from jsonb_to_recordset($2) as said (id uuid, duty_id uuid, driver_id uuid, state text, assigned_at timestamptz, signed_on_at timestamptz,
    breaks jsonb, signed_off_at timestamptz, counts_until timestamptz, worked_minutes integer, needs_review boolean, verified_by text, verified_at timestamptz, place integer, starts timestamptz, due_at timestamptz)
  join put on put.id = duty_id order by duty_id, place
  on conflict (id) do update set state = excluded.state, signed_on_at = excluded.signed_on_at, breaks = excluded.breaks,
    signed_off_at = excluded.signed_off_at, counts_until = excluded.counts_until, worked_minutes = excluded.worked_minutes, needs_review = excluded.needs_review,
    verified_by = excluded.verified_by, verified_at = excluded.verified_at, starts = excluded.starts, due_at = excluded.due_at`;

// Read after the lock: what a waiting statement saw of another table before is not the newest.
const withAssignments = async (tx: Tx, duties: readonly DutyRecord[]): Promise<readonly Duty[]> => {
  if (duties.length === 0) return [];
  const records = await rows<AssignmentRecord>(
    tx,
    `select ${assignmentColumns}, (${ownSignOffSql}) as own_sign_off, (${elsewhereSql}) as elsewhere from assignment where duty_id = any($1::uuid[]) order by duty_id, place`,
    [duties.map(({ id }) => id)],
  );
  const byDuty = Map.groupBy(records, ({ duty_id }) => duty_id);
  return duties.map((record) => toDuty(record, byDuty.get(record.id) ?? []));
};

// JSON writes an instant as its ISO text.
const toRecord = ({ id, depot, serviceDate, plan, activatedAt, state, cancelled, version }: Duty) => ({
  id,
  depot_id: depot,
  service_date: serviceDate,
  starts: plan.starts,
  ends: plan.ends,
  pieces: plan.pieces,
  activated_at: activatedAt,
  state,
  cancelled_by: cancelled?.by ?? null,
  cancel_cause: cancelled?.cause ?? null,
  cancel_note: cancelled?.note ?? null,
  version,
});

const toAssignmentRecords = (duty: Duty) =>
  duty.assignments.map((assignment, place) => ({
    id: assignment.id,
    duty_id: duty.id,
    driver_id: assignment.driver,
    place,
    starts: duty.plan.starts,
    state: assignment.state,
    assigned_at: assignment.assignedAt,
    signed_on_at: assignment.signedOn,
    breaks: assignment.breaks,
    signed_off_at: assignment.signedOff,
    counts_until: workOf(duty, assignment)?.ends ?? null,
    worked_minutes: assignment.workedMinutes,
    needs_review: assignment.needsReview,
    verified_by: assignment.verified?.by ?? null,
    verified_at: assignment.verified?.at ?? null,
    due_at: dueAt(duty, assignment),
  }));
