import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { PlannedDuty } from "../model/follow.ts";
import { type IntervalRecord, toIntervals } from "./duty-record.ts";

const columns = "id, depot_id, service_date, run_id, line, starts, ends, pieces, withdrawn, changed_at";

/** What planning says of duties. */
export const planRepository = {
  /** Answers false for older news than what is known. */
  async note(tx: Tx, duty: PlannedDuty, version: Version): Promise<boolean> {
    const { id, depot, serviceDate, run, line, plan, at } = duty;
    const noted = await execute(
      tx,
      `insert into planned_duty (id, depot_id, service_date, run_id, line, starts, ends, pieces, withdrawn, changed_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, false, $9, $10)
       on conflict (id) do update set depot_id = excluded.depot_id, service_date = excluded.service_date, run_id = excluded.run_id,
         line = excluded.line, starts = excluded.starts, ends = excluded.ends, pieces = excluded.pieces, withdrawn = false,
         changed_at = excluded.changed_at, version = excluded.version
       where planned_duty.version < excluded.version`,
      [
        id,
        depot,
        serviceDate.toString(),
        run,
        line,
        plan.starts.toString(),
        plan.ends.toString(),
        JSON.stringify(plan.pieces.map(({ starts, ends }) => ({ starts: starts.toString(), ends: ends.toString() }))),
        at.toString(),
        version,
      ],
    );
    return noted > 0;
  },

  /** Answers null for older news, or where the duty was never heard of. */
  async withdraw(tx: Tx, id: DutyId, version: Version, at: Instant): Promise<PlannedDuty | null> {
    const [record] = await rows<PlannedRecord>(
      tx,
      `update planned_duty set withdrawn = true, version = $2, changed_at = $3 where id = $1 and version < $2 returning ${columns}`,
      [id, version, at.toString()],
    );
    return record ? toModel(record) : null;
  },

  async find(tx: Tx, id: DutyId): Promise<PlannedDuty | null> {
    const [record] = await rows<PlannedRecord>(tx, `select ${columns} from planned_duty where id = $1`, [id]);
    return record ? toModel(record) : null;
  },

  async ofDay(tx: Tx, depot: DepotId, date: PlainDate): Promise<readonly PlannedDuty[]> {
    const records = await rows<PlannedRecord>(
      tx,
      `select ${columns} from planned_duty where depot_id = $1 and service_date = $2 order by id`,
      [depot, date.toString()],
    );
    return records.map(toModel);
  },
};

type PlannedRecord = {
  id: DutyId;
  depot_id: DepotId;
  service_date: string;
  run_id: string;
  line: string;
  starts: string;
  ends: string;
  pieces: IntervalRecord[];
  withdrawn: boolean;
  changed_at: string;
};

const toModel = (record: PlannedRecord): PlannedDuty => ({
  id: record.id,
  depot: record.depot_id,
  serviceDate: Temporal.PlainDate.from(record.service_date),
  run: record.run_id,
  line: record.line,
  plan: { starts: instantOf(record.starts), ends: instantOf(record.ends), pieces: toIntervals(record.pieces) },
  withdrawn: record.withdrawn,
  at: instantOf(record.changed_at),
});
