import type { EmployeeId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { PayPeriod } from "./pay-period.ts";

/**
 * What is to be done next in a closing. Each step is one transaction that leads to the next:
 * - `settle`: overtime has made the period final, and all days that it named have arrived here;
 * - `calculate`: hr has told the rates, and the days become lines;
 * - `export`: the lines become a file that reads back right.
 */
export type ClosingStep = "settle" | "calculate" | "export";

/** A period on its way from frozen to exported. */
export type Closing = { readonly period: PayPeriod; readonly step: ClosingStep };

/** The worth of a day that overtime made final. */
export type FinalDay = { readonly driver: EmployeeId; readonly date: PlainDate; readonly revision: number };

/** What making a period final came to. */
export type FinalDays = {
  /** Of the period. */
  readonly days: readonly FinalDay[];
  /** Of earlier periods, where a week goes on into this one. */
  readonly before: readonly FinalDay[];
};

/** A day with work that overtime cannot calculate, and why. */
export type UnpayableDay = { readonly driver: EmployeeId; readonly date: PlainDate; readonly reason: string };

/** What people read where overtime names days that nobody can pay: the first, and how many more there are. `number` is its driver's in hr. */
export const tellUnpayable = ({ date, reason }: UnpayableDay, number: string, more: number): string =>
  `The work of driver ${number} on ${date} cannot be paid: ${reason}${more > 0 ? ` ${more} more days cannot be paid.` : ""}`;
