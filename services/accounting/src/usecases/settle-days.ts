import type { Command, Tx } from "@headway/kernel/tx";
import type { Closing, ClosingStep, FinalDay, FinalDays } from "../model/closing.ts";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";

export type SettleDaysInput = FinalDays & { readonly period: PayPeriodId };

export type SettleDaysNeeds = {
  readonly closings: {
    /** Null where the closing is not at this step any more: done by another process, or undone. */
    lock(tx: Tx, period: PayPeriodId, step: ClosingStep): Promise<PayPeriod | null>;
    wait(tx: Tx, period: PayPeriodId, reason: string): Promise<void>;
    goOn(tx: Tx, closing: Closing): Promise<void>;
  };
  readonly days: {
    /** How many of them, or of their depots, have not been heard of here. */
    countMissing(tx: Tx, days: readonly FinalDay[]): Promise<number>;
    /** Takes them into the period, and with them what is new, or to be compared with the rate, of days of periods that are exported. */
    settle(tx: Tx, period: PayPeriod, days: readonly FinalDay[]): Promise<void>;
  };
};

/**
 * Decides which worth of which days the period pays. Waits until all days that overtime named have arrived, those of
 * earlier periods too: else what the period's end made of them would be paid now or later, as their events come. Answers
 * whether it went on.
 */
export const settleDays =
  ({ closings, days }: SettleDaysNeeds): Command<SettleDaysInput, boolean> =>
  async (tx, { period: id, days: own, before }) => {
    const period = await closings.lock(tx, id, "settle");
    if (!period) return false;
    const named = [...own, ...before];
    const missing = await days.countMissing(tx, named);
    if (missing > 0) {
      await closings.wait(tx, id, `${missing} of ${named.length} days have not arrived from overtime yet.`);
      return false;
    }
    await days.settle(tx, period, own);
    await closings.goOn(tx, { period, step: "calculate" });
    return true;
  };
