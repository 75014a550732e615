import { conflict, missing } from "@headway/kernel/domain-error";
import type { Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { BatchId, PayPeriod, PayPeriodId } from "../model/pay-period.ts";

export const payPeriodRepository = {
  /** Refused with `period.overlaps`. */
  async add(tx: Tx, { id, from, to, state, waitingFor, batch, version }: PayPeriod): Promise<void> {
    const overlaps = () =>
      conflict("period.overlaps", "There is a pay period with some of these days already.", { field: "firstDay" });
    await execute(
      tx,
      `insert into pay_period (id, first_day, last_day, state, waiting_for, batch_id, version)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, from.toString(), to.toString(), state, waitingFor, batch, version],
    ).catch(onViolation({ pay_period_no_overlap: overlaps }));
  },

  /** Refused with `period.unknown` or `period.changed`. */
  async lock(tx: Tx, id: PayPeriodId, expected: Version): Promise<PayPeriod> {
    const [record] = await rows<PayPeriodRecord>(
      tx,
      `select ${payPeriodColumns} from pay_period where id = $1 for update`,
      [id],
    );
    if (!record) throw missing("period.unknown", "There is no such pay period.");
    mustStandAt(expected, "period", record);
    return toPayPeriod(record);
  },

  async save(tx: Tx, { id, state, waitingFor, batch, version }: PayPeriod): Promise<void> {
    const saved = await execute(
      tx,
      "update pay_period set state = $2, waiting_for = $3, batch_id = $4, version = $5 where id = $1 and version = $5 - 1",
      [id, state, waitingFor, batch, version],
    );
    if (saved === 0) throw lostRace("period");
  },
};

export const payPeriodColumns = "pay_period.id, first_day, last_day, state, waiting_for, batch_id, pay_period.version";

export type PayPeriodRecord = Pick<PayPeriod, "id" | "state" | "version"> & {
  first_day: string;
  last_day: string;
  waiting_for: string;
  batch_id: BatchId | null;
};

export const toPayPeriod = (record: PayPeriodRecord): PayPeriod => ({
  id: record.id,
  from: Temporal.PlainDate.from(record.first_day),
  to: Temporal.PlainDate.from(record.last_day),
  state: record.state,
  waitingFor: record.waiting_for,
  batch: record.batch_id,
  version: record.version,
});
