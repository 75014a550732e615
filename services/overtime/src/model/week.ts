import type { DriverId } from "@headway/kernel/ids";
import { type DaySpan, daysBetween, type PlainDate, Temporal } from "@headway/kernel/time";

/** A work week: Monday to Sunday. */
export type Week = DaySpan;

export type DriverWeek = Week & { readonly driver: DriverId };

/** The drivers fall into two halves, so that the weeks of both can be calculated side by side. */
export type Half = 0 | 1;

export const weekOf = (date: PlainDate): Week => {
  const from = date.subtract({ days: date.dayOfWeek - 1 });
  return { from, to: from.add({ days: 6 }) };
};

/** The weeks that end within a span of days, in order: one that goes on behind it belongs to the next. */
export const weeksEndingIn = ({ from, to }: DaySpan): Week[] =>
  daysBetween(from, to)
    .filter(({ dayOfWeek }) => dayOfWeek === 7)
    .map(weekOf);

/** The days before a span whose week ends in it; ends before it starts where there are none. */
export const daysBefore = (span: DaySpan): DaySpan => ({
  from: weeksEndingIn(span)[0]?.from ?? span.from,
  to: span.from.subtract({ days: 1 }),
});

/** The terms that pay rules ask for, from a day on until the next contract of the driver. */
export type Contract = { readonly agreement: string; readonly weeklyMinutes: number; readonly from: PlainDate };

const { compare } = Temporal.PlainDate;

/**
 * The contract a whole week is paid under: the one in force on its Monday, or else the first that starts in it.
 * A change in the middle of a week counts from the next Monday, so that no threshold is ever split.
 */
export const contractFor = ({ from, to }: Week, contracts: readonly Contract[]): Contract | null => {
  const inOrder = contracts.toSorted((a, b) => compare(a.from, b.from));
  const onMonday = inOrder.findLast((contract) => compare(contract.from, from) <= 0);
  return onMonday ?? inOrder.find((contract) => compare(contract.from, to) <= 0) ?? null;
};
