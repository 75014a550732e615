import type { Databases } from "../databases.ts";

/** A line of pay, of a period whose payroll was calculated. */
export type PayLine = {
  readonly id: string;
  readonly period: string;
  readonly driver: string;
  readonly employee_no: string;
  readonly day: string;
  readonly depot: string;
  readonly cost_centre: string;
  /** Which component of which revision of the day it pays; a reversal, which revision it makes room for. */
  readonly component: string;
  readonly revision: number;
  readonly kind: "pay" | "reversal";
  readonly code: string;
  readonly minutes: number;
  readonly factor: number;
  readonly rate: number;
  readonly amount: number;
  readonly currency: string;
  readonly duty: string | null;
  readonly rule: string;
  readonly rule_version: number;
  readonly sentence: string;
  readonly corrects: string | null;
  readonly intervals: readonly { readonly starts: string; readonly ends: string }[];
};

/** The states of a period in which its lines count. */
export const paidStates = "('calculated', 'exported', 'closed')";

export const readLines = (db: Databases): Promise<PayLine[]> =>
  db.rows<PayLine>(
    "accounting",
    `select id, pay_period_id as period, driver_id as driver, employee_no, work_date as day, depot_id as depot, cost_centre, component, revision,
       kind, code, minutes, factor, rate_minor as rate, amount_minor as amount, currency, duty_id as duty, rule, rule_version, sentence, corrects, intervals
     from pay_line`,
  );

/** The lines that count: pay that no reversal took back. */
export const standingOf = (lines: readonly PayLine[]): readonly PayLine[] => {
  const takenBack = new Set(lines.filter(({ kind }) => kind === "reversal").map(({ corrects }) => corrects));
  return lines.filter(({ id, kind }) => kind === "pay" && !takenBack.has(id));
};

/** Minutes / 60 x rate x factor, halves away from zero: reckoned here once more, and in whole numbers. */
export const amountOf = ({ minutes, rate, factor }: Pick<PayLine, "minutes" | "rate" | "factor">): number => {
  const scaled = BigInt(Math.abs(minutes)) * BigInt(rate) * BigInt(factor);
  const rounded = Number((scaled * 2n + 60_000n) / 120_000n);
  return minutes < 0 ? -rounded : rounded;
};
