import type { Command, Tx } from "@headway/kernel/tx";
import type { Closing, ClosingStep, FinalDay } from "../model/closing.ts";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";

export type SettleDaysInput = { readonly period: PayPeriodId; readonly days: readonly FinalDay[] };

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
    /** Takes them into the period, and with them the late days of periods that are exported. */
    settle(tx: Tx, period: PayPeriod, days: readonly FinalDay[]): Promise<void>;
  };
};

/** Decides which worth of which days the period pays. Waits until they all have arrived; answers whether it went on. */
export const settleDays =
  ({ closings, days }: SettleDaysNeeds): Command<SettleDaysInput, boolean> =>
  async (tx, { period: id, days: final }) => {
    const period = await closings.lock(tx, id, "settle");
    if (!period) return false;
    const missing = await days.countMissing(tx, final);
    if (missing > 0) {
      await closings.wait(tx, id, `${missing} of ${final.length} days have not arrived from overtime yet.`);
      return false;
    }
    await days.settle(tx, period, final);
    await closings.goOn(tx, { period, step: "calculate" });
    return true;
  };
