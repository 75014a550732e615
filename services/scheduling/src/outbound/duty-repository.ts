import type { DutyId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { unheard } from "@headway/kernel/unheard";
import { execute, rows } from "@headway/postgres/transaction";
import { byStart, type Duty, type PlannedDuty } from "../model/duty.ts";
import type { Period } from "../model/roster.ts";
import { type DutyRecord, dutyColumns, toDuty } from "./held-records.ts";

export const dutyRepository = {
  /** False if it is known already. */
  async add(tx: Tx, duty: PlannedDuty): Promise<boolean> {
    const added = await execute(
      tx,
      `insert into duty (id, depot_id, service_date, service_id, run_id, starts_at, ends_at, work_minutes, qualification, planned_version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
      valuesOf(duty),
    );
    return added > 0;
  },

  /** Plans it anew, also one that was withdrawn; what is older than what is known changes nothing. */
  async plan(tx: Tx, duty: PlannedDuty): Promise<Duty> {
    await execute(
      tx,
      `update duty set depot_id = $2, service_date = $3, service_id = $4, run_id = $5, starts_at = $6, ends_at = $7,
         work_minutes = $8, qualification = $9, planned_version = $10, withdrawn = false
       where id = $1 and planned_version < $10`,
      valuesOf(duty),
    );
    return dutyRepository.lock(tx, duty.id);
  },

  /** Refused with `duty.unknown`. */
  async find(tx: Tx, id: DutyId): Promise<Duty> {
    const [record] = await rows<DutyRecord>(tx, `select ${dutyColumns} from duty where id = $1`, [id]);
    if (!record) throw unheard("duty");
    return toDuty(record);
  },

  /** Refused with `duty.unknown`. */
  async lock(tx: Tx, id: DutyId): Promise<Duty> {
    const [duty] = await dutyRepository.lockAll(tx, [id]);
    if (!duty) throw unheard("duty");
    return duty;
  },

  async lockAll(tx: Tx, ids: readonly DutyId[]): Promise<Duty[]> {
    const [, locked] = await Promise.all([
      execute(tx, "select id from duty where id = any($1) order by id for update", [ids]),
      readLocked(tx, ids),
    ]);
    return locked;
  },

  /** All duties of a period that take place, locked in order of their id and answered in order of their start. */
  async lockOf(tx: Tx, { depot, from, to }: Period): Promise<Duty[]> {
    const locked = await rows<{ id: DutyId }>(
      tx,
      "select id from duty where depot_id = $1 and service_date between $2 and $3 and not withdrawn order by id for update",
      [depot, from.toString(), to.toString()],
    );
    const duties = await readLocked(
      tx,
      locked.map(({ id }) => id),
    );
    return duties.filter(({ state }) => state === "planned").sort(byStart);
  },

  async withdraw(tx: Tx, id: DutyId): Promise<void> {
    await execute(tx, "update duty set withdrawn = true where id = $1", [id]);
  },

  /** Also one that is not known yet. */
  async cancel(tx: Tx, id: DutyId): Promise<void> {
    await execute(tx, "insert into cancelled_duty (duty_id) values ($1) on conflict do nothing", [id]);
  },

  async reactivate(tx: Tx, id: DutyId): Promise<void> {
    await execute(tx, "delete from cancelled_duty where duty_id = $1", [id]);
  },
};

// A statement of its own behind the lock: what a waiting statement saw of cancelled duties before is not the newest.
const readLocked = async (tx: Tx, ids: readonly DutyId[]): Promise<Duty[]> => {
  const records = await rows<DutyRecord>(tx, `select ${dutyColumns} from duty where id = any($1) order by id`, [ids]);
  return records.map(toDuty);
};

const valuesOf = (duty: PlannedDuty): unknown[] => [
  duty.id,
  duty.depot,
  duty.date.toString(),
  duty.service,
  duty.run,
  duty.worked.starts.toString(),
  duty.worked.ends.toString(),
  duty.work,
  duty.qualification,
  duty.version,
];
