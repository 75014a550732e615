import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type PayPeriod, type PayPeriodEvent, type PayPeriodId, reopen } from "../model/pay-period.ts";

export type ReopenPayPeriodInput = {
  readonly period: PayPeriodId;
  readonly expected: Version;
  /** What the closing stumbled over; empty where a person wants it. */
  readonly reason: string;
};

export type ReopenPayPeriodNeeds = {
  readonly periods: {
    lock(tx: Tx, id: PayPeriodId, expected: Version): Promise<PayPeriod>;
    save(tx: Tx, period: PayPeriod): Promise<void>;
  };
  readonly closings: { end(tx: Tx, period: PayPeriodId): Promise<void> };
  readonly days: { unsettle(tx: Tx, period: PayPeriodId): Promise<void> };
  readonly lines: { remove(tx: Tx, period: PayPeriodId): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Undoes all that a closing did. Refused with `period.changed`, or as `move` once it is exported. */
export const reopenPayPeriod =
  ({ periods, closings, days, lines, events }: ReopenPayPeriodNeeds): Command<ReopenPayPeriodInput, PayPeriod> =>
  async (tx, { period: id, expected, reason }) => {
    const { next, event } = reopen(await periods.lock(tx, id, expected), reason);
    await lines.remove(tx, id);
    await days.unsettle(tx, id);
    await closings.end(tx, id);
    await periods.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
