import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { openPeriod, type PayPeriod, type PayPeriodEvent } from "../model/pay-period.ts";

export type OpenPayPeriodInput = { readonly from: PlainDate; readonly to: PlainDate };

export type OpenPayPeriodNeeds = {
  readonly periods: { add(tx: Tx, period: PayPeriod): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Service days will be paid together. Refused with `period.overlaps` or `period.dates`. */
export const openPayPeriod =
  ({ periods, events }: OpenPayPeriodNeeds): Command<OpenPayPeriodInput, PayPeriod> =>
  async (tx, { from, to }) => {
    const { next, event } = openPeriod(from, to);
    await periods.add(tx, next);
    await events.record(tx, [event]);
    return next;
  };
