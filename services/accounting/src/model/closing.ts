import type { EmployeeId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { PayPeriod } from "./pay-period.ts";

/**
 * What is to be done next in a closing. Each step is one transaction that leads to the next:
 * - `settle`: overtime has made the period final, and all of its days have arrived here;
 * - `calculate`: hr has told the rates, and the days become lines;
 * - `export`: the lines become a file that reads back right.
 */
export type ClosingStep = "settle" | "calculate" | "export";

/** A period on its way from frozen to exported. */
export type Closing = { readonly period: PayPeriod; readonly step: ClosingStep };

/** The worth of a day that overtime made final. */
export type FinalDay = { readonly driver: EmployeeId; readonly date: PlainDate; readonly revision: number };

/** A day with work that overtime cannot calculate, and why. */
export type UnpayableDay = { readonly driver: EmployeeId; readonly date: PlainDate; readonly reason: string };

/** What people read where overtime names days that nobody can pay. */
export const tellUnpayable = (days: readonly UnpayableDay[]): string => {
  const [first] = days;
  if (!first) return "";
  const more = days.length > 1 ? ` ${days.length - 1} more days cannot be paid.` : "";
  return `The work of driver ${first.driver} on ${first.date} cannot be paid: ${first.reason}${more}`;
};
