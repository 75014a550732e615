import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { close, type PayPeriod, type PayPeriodEvent, type PayPeriodId } from "../model/pay-period.ts";

export type AcknowledgePayrollInput = { readonly period: PayPeriodId; readonly expected: Version };

export type AcknowledgePayrollNeeds = {
  readonly periods: {
    lock(tx: Tx, id: PayPeriodId, expected: Version): Promise<PayPeriod>;
    save(tx: Tx, period: PayPeriod): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Payroll has taken the file: the period is over. Refused with `period.changed`, or as `move`. */
export const acknowledgePayroll =
  ({ periods, events }: AcknowledgePayrollNeeds): Command<AcknowledgePayrollInput, PayPeriod> =>
  async (tx, { period: id, expected }) => {
    const { next, event } = close(await periods.lock(tx, id, expected));
    await periods.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
