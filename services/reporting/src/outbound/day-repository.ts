import type { AssignmentId, DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import { type Attendance, type CancelCause, type DutyDay, type Phase, quietDay } from "../model/duty-day.ts";

export const dayRepository = {
  async lock(tx: Tx, duty: DutyId): Promise<DutyDay> {
    const [record] = await rows<DayRecord>(
      tx,
      `select version, assignment_id, driver_id, phase, break_since, signed_on_at, signed_off_at, missed_by, cancel_cause, changed_at
       from duty_day where duty_id = $1 for update`,
      [duty],
    );
    return record ? toModel(record) : quietDay;
  },

  async save(tx: Tx, duty: DutyId, { version, attendance, missedBy, cancelCause, changedAt }: DutyDay): Promise<void> {
    await execute(
      tx,
      `insert into duty_day (duty_id, version, assignment_id, driver_id, phase, break_since, signed_on_at, signed_off_at, missed_by, cancel_cause, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (duty_id) do update set version = excluded.version, assignment_id = excluded.assignment_id, driver_id = excluded.driver_id,
         phase = excluded.phase, break_since = excluded.break_since, signed_on_at = excluded.signed_on_at, signed_off_at = excluded.signed_off_at,
         missed_by = excluded.missed_by, cancel_cause = excluded.cancel_cause, changed_at = excluded.changed_at`,
      [
        duty,
        version,
        attendance?.assignment ?? null,
        attendance?.driver ?? null,
        attendance?.phase ?? null,
        attendance?.breakSince?.toString() ?? null,
        attendance?.signedOn?.toString() ?? null,
        attendance?.signedOff?.toString() ?? null,
        missedBy,
        cancelCause,
        changedAt?.toString() ?? null,
      ],
    );
  },

  async activate(tx: Tx, depot: DepotId, day: PlainDate): Promise<void> {
    await execute(tx, "insert into activated_day (depot_id, service_date) values ($1, $2) on conflict do nothing", [
      depot,
      day.toString(),
    ]);
  },
};

type AttendanceRecord = {
  assignment_id: AssignmentId;
  driver_id: DriverId;
  phase: Phase;
  break_since: string | null;
  signed_on_at: string | null;
  signed_off_at: string | null;
};
type DayRecord = (AttendanceRecord | { [Column in keyof AttendanceRecord]: null }) & {
  version: number;
  missed_by: DriverId | null;
  cancel_cause: CancelCause | null;
  changed_at: string;
};

const toModel = (record: DayRecord): DutyDay => ({
  version: record.version,
  attendance: record.phase === null ? null : toAttendance(record),
  missedBy: record.missed_by,
  cancelCause: record.cancel_cause,
  changedAt: instantOf(record.changed_at),
});

const toAttendance = (record: AttendanceRecord): Attendance => ({
  assignment: record.assignment_id,
  driver: record.driver_id,
  phase: record.phase,
  breakSince: instantOrNull(record.break_since),
  signedOn: instantOrNull(record.signed_on_at),
  signedOff: instantOrNull(record.signed_off_at),
});
