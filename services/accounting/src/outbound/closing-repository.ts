import { conflict } from "@headway/kernel/domain-error";
import type { EmployeeId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { Closing, ClosingStep } from "../model/closing.ts";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";
import { type PayPeriodRecord, payPeriodColumns, toPayPeriod } from "./pay-period-repository.ts";

/** The closing that is under way. The period's row is its lock. */
export const closingRepository = {
  /** Refused with `period.another-closing`. */
  async begin(tx: Tx, { period, step }: Closing): Promise<void> {
    const another = () =>
      conflict("period.another-closing", "Another pay period is just being closed. Close this one after it.");
    await execute(tx, "insert into closing (pay_period_id, step) values ($1, $2)", [period.id, step]).catch(
      onViolation({ closing_alone: another }),
    );
  },

  async lock(tx: Tx, id: PayPeriodId, step: ClosingStep): Promise<PayPeriod | null> {
    await execute(tx, "select from pay_period where id = $1 for update", [id]);
    const [record] = await rows<PayPeriodRecord>(
      tx,
      `select ${payPeriodColumns} from pay_period join closing on pay_period_id = pay_period.id
       where pay_period.id = $1 and step = $2`,
      [id, step],
    );
    return record ? toPayPeriod(record) : null;
  },

  async goOn(tx: Tx, { period, step }: Closing): Promise<void> {
    await execute(tx, "update closing set step = $2 where pay_period_id = $1", [period.id, step]);
    await tellWaiting(tx, period.id, "");
  },

  wait: (tx: Tx, id: PayPeriodId, reason: string): Promise<void> => tellWaiting(tx, id, reason),

  async end(tx: Tx, id: PayPeriodId): Promise<void> {
    await execute(tx, "delete from closing where pay_period_id = $1", [id]);
  },
};

const tellWaiting = async (tx: Tx, id: PayPeriodId, reason: string): Promise<void> => {
  await execute(tx, "update pay_period set waiting_for = $2 where id = $1 and waiting_for <> $2", [id, reason]);
};

export const closingQueries = (db: Database) => ({
  async find(): Promise<Closing | null> {
    const [record] = await db.rows<PayPeriodRecord & { step: ClosingStep }>(
      `select ${payPeriodColumns}, step from pay_period join closing on pay_period_id = pay_period.id`,
    );
    return record ? { step: record.step, period: toPayPeriod(record) } : null;
  },

  /** Whose rates the period needs. */
  async drivers(id: PayPeriodId): Promise<readonly EmployeeId[]> {
    const records = await db.rows<{ driver_id: EmployeeId }>(
      "select distinct driver_id from worked_day where settled_in = $1 order by driver_id",
      [id],
    );
    return records.map(({ driver_id }) => driver_id);
  },
});
