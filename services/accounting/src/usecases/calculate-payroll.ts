import { conflict } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Closing, ClosingStep } from "../model/closing.ts";
import { calculated, type PayPeriod, type PayPeriodEvent, type PayPeriodId } from "../model/pay-period.ts";
import {
  baseCode,
  type DayToPay,
  linesFor,
  type PayrollLine,
  standingOf,
  type WorkedDay,
} from "../model/payroll-line.ts";
import { type Rate, rateOn } from "../model/rate.ts";

export type CalculatePayrollInput = { readonly period: PayPeriodId; readonly rates: readonly Rate[] };

export type CalculatePayrollNeeds = {
  readonly closings: {
    lock(tx: Tx, period: PayPeriodId, step: ClosingStep): Promise<PayPeriod | null>;
    goOn(tx: Tx, closing: Closing): Promise<void>;
  };
  readonly days: { toPay(tx: Tx, period: PayPeriodId): Promise<readonly DayToPay[]> };
  readonly lines: { add(tx: Tx, period: PayPeriodId, lines: readonly PayrollLine[]): Promise<void> };
  readonly periods: { save(tx: Tx, period: PayPeriod): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> };
};

/** Turns the days of a period into lines of money; late facts about paid days become corrections. Refused with `rate.none`. */
export const calculatePayroll =
  ({ closings, days, lines, periods, events }: CalculatePayrollNeeds): Command<CalculatePayrollInput, boolean> =>
  async (tx, { period: id, rates }) => {
    const period = await closings.lock(tx, id, "calculate");
    if (!period) return false;
    const ratesOf = Map.groupBy(rates, ({ driver }) => driver);
    const all = (await days.toPay(tx, id)).flatMap(({ day, costCentre, paid }) => {
      const { employeeNumber, hourly, currency } = demandRate(day, ratesOf.get(day.driver) ?? []);
      return linesFor(day, { employeeNumber, hourly, currency, costCentre }, standingOf(paid), newId);
    });
    await lines.add(tx, id, all);
    const base = all.filter(({ code }) => code === baseCode);
    const baseMinutes = base.reduce((sum, { minutes }) => sum + minutes, 0);
    const { next, event } = calculated(period, newId(), { lines: all.length, baseMinutes });
    await periods.save(tx, next);
    await closings.goOn(tx, { period: next, step: "export" });
    await events.record(tx, [event]);
    return true;
  };

const demandRate = ({ driver, date }: WorkedDay, rates: readonly Rate[]): Rate => {
  const rate = rateOn(date, rates);
  if (!rate) {
    const number = rates[0]?.employeeNumber ?? driver;
    throw conflict(
      "rate.none",
      `Driver ${number} has no hourly rate on ${date}. Give them a contract for that day in hr.`,
    );
  }
  return rate;
};
