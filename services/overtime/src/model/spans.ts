import type { Instant } from "@headway/kernel/clock";
import { type Interval, intersection, lengthOf, without } from "@headway/kernel/interval";
import { isBefore } from "@headway/kernel/time";

/** Stretches of time in order, none overlapping another. */
export type Spans = readonly Interval[];

/** What is left after the first `minutes` of them. */
export const beyond = (spans: Spans, minutes: number): Spans => {
  let left = minutes;
  return spans.flatMap((span) => {
    const skipped = Math.min(left, lengthOf(span));
    left -= skipped;
    return skipped < lengthOf(span) ? [{ starts: span.starts.add({ minutes: skipped }), ends: span.ends }] : [];
  });
};

/** What lies inside one of the windows. */
export const within = (spans: Spans, windows: Spans): Spans =>
  spans.flatMap((span) => windows.map((window) => intersection(span, window)).filter((shared) => shared !== null));

/** What lies in none of the others. */
export const outside = (spans: Spans, others: Spans): Spans => spans.flatMap((span) => without(span, others));

/** Whether both are the same stretches, one by one. */
export const sameSpans = (a: Spans, b: Spans): boolean =>
  a.length === b.length &&
  a.every(({ starts, ends }, index) => {
    const other = b[index];
    return other !== undefined && starts.equals(other.starts) && ends.equals(other.ends);
  });

export const inOrder = (spans: Spans): Spans => spans.toSorted((a, b) => compare(a.starts, b.starts));

const compare = (a: Instant, b: Instant): number => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0);
