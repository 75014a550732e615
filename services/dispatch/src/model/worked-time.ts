import type { Instant } from "@headway/kernel/clock";
import { type Interval, sumOf, without } from "@headway/kernel/interval";
import { earlier, isBefore, later, Temporal } from "@headway/kernel/time";
import type { Break } from "./assignment.ts";
import { gapsOf, type Plan } from "./plan.ts";

export type WorkedInterval = Interval & { readonly kind: "work" | "break" };

/** What a driver worked: intervals on whole minutes, in order, without overlap or hole. */
export type WorkedTime = {
  readonly intervals: readonly WorkedInterval[];
  /** The sum of the intervals of kind `work`. */
  readonly minutes: number;
};

/** What was signed: on, off, and the breaks between; one that nobody ended lasted until the end. */
export type Signed = { readonly on: Instant; readonly off: Instant; readonly breaks: readonly Break[] };

/**
 * From sign-on, but not before the planned start, to `off`; without the breaks taken and the gaps between the pieces.
 * Every time is cut to its minute first, so that the minutes of the parts add up to the whole.
 */
export const workedTime = (plan: Plan, { on, off, breaks }: Signed): WorkedTime => {
  const starts = later(minuteOf(on), minuteOf(plan.starts));
  const whole = { starts, ends: later(starts, minuteOf(off)) };
  const taken = breaks.map((rest) => ({ starts: rest.starts, ends: rest.ends ?? off }));
  const work = cut(whole, [...gapsOf(plan), ...taken].map(onMinutes));
  const intervals = [...work.map(as("work")), ...cut(whole, work).map(as("break"))].sort(byStart);
  return { intervals, minutes: sumOf(work) };
};

/**
 * Until when a sign-off counts: as signed up to the granted overrun (minutes), unless the driver's next work began
 * before; what lies beyond is not paid before a person has looked, so then the planned end counts.
 */
export const countedEnd = (plan: Plan, off: Instant, overrun: number, next: Instant | null): CountedEnd => {
  const latest = minuteOf(plan.ends).add({ minutes: overrun });
  const granted = !isBefore(latest, minuteOf(off)) && !(next && isBefore(next, off));
  return { ends: granted ? off : plannedEnd(plan, next), needsReview: !granted };
};

type CountedEnd = { readonly ends: Instant; readonly needsReview: boolean };

/** What counts without a sign-off: the planned end, unless the driver's next work began before. */
export const plannedEnd = ({ ends }: Plan, next: Instant | null): Instant => (next ? earlier(ends, next) : ends);

/** The start of the minute that an instant lies in. */
export const minuteOf = (at: Instant): Instant => at.round({ smallestUnit: "minute", roundingMode: "floor" });

const onMinutes = ({ starts, ends }: Interval): Interval => ({ starts: minuteOf(starts), ends: minuteOf(ends) });

/** What is left of the whole without the parts; nothing of an empty whole. */
const cut = (whole: Interval, parts: readonly Interval[]): Interval[] =>
  without(whole, parts).filter(({ starts, ends }) => Temporal.Instant.compare(starts, ends) < 0);

const as =
  (kind: WorkedInterval["kind"]) =>
  (interval: Interval): WorkedInterval => ({ ...interval, kind });

const byStart = (a: Interval, b: Interval): number => Temporal.Instant.compare(a.starts, b.starts);
