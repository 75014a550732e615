import type { Instant } from "@headway/kernel/clock";
import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Closing } from "../model/closing.ts";
import { type DaysOfWork, endOfWork } from "../model/end-of-work.ts";
import { freeze, type PayPeriod, type PayPeriodEvent, type PayPeriodId } from "../model/pay-period.ts";

export type ClosePayPeriodInput = { readonly period: PayPeriodId; readonly expected: Version; readonly now: Instant };

export type ClosePayPeriodNeeds = {
  readonly periods: {
    lock(tx: Tx, id: PayPeriodId, expected: Version): Promise<PayPeriod>;
    save(tx: Tx, period: PayPeriod): Promise<void>;
  };
  readonly copies: { daysOf(tx: Tx, period: PayPeriod): Promise<DaysOfWork> };
  readonly closings: { begin(tx: Tx, closing: Closing): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Freezes a period and begins its closing, which goes on by itself. Refused with `period.changed`, `period.another-closing`, or as `freeze`. */
export const closePayPeriod =
  ({ periods, copies, closings, events }: ClosePayPeriodNeeds): Command<ClosePayPeriodInput, PayPeriod> =>
  async (tx, { period: id, expected, now }) => {
    const period = await periods.lock(tx, id, expected);
    const workEnds = endOfWork(period.to, await copies.daysOf(tx, period));
    const { next, event } = freeze(period, now, workEnds);
    await periods.save(tx, next);
    await closings.begin(tx, { period: next, step: "settle" });
    await events.record(tx, [event]);
    return next;
  };
