import type { Instant } from "./clock.ts";
import { earlier, isBefore, later, minutesBetween } from "./time.ts";

/** A stretch of time, its end not included. */
export type Interval = { readonly starts: Instant; readonly ends: Instant };

/** True where they share a moment; one that begins when the other ends does not. */
export const overlaps = (a: Interval, b: Interval): boolean => isBefore(a.starts, b.ends) && isBefore(b.starts, a.ends);

/** What both share, or nothing. Touching is not sharing. */
export const intersection = (a: Interval, b: Interval): Interval | null => {
  const starts = later(a.starts, b.starts);
  const ends = earlier(a.ends, b.ends);
  return isBefore(starts, ends) ? { starts, ends } : null;
};

/** What is left of `whole` without `parts`, in order. */
export const without = (whole: Interval, parts: readonly Interval[]): Interval[] =>
  parts.reduce<Interval[]>(
    (left, part) =>
      left.flatMap((piece) => {
        const cut = intersection(piece, part);
        if (!cut) return [piece];
        return [
          { starts: piece.starts, ends: cut.starts },
          { starts: cut.ends, ends: piece.ends },
        ].filter(({ starts, ends }) => isBefore(starts, ends));
      }),
    [whole],
  );

/** Elapsed whole minutes. */
export const lengthOf = ({ starts, ends }: Interval): number => minutesBetween(starts, ends);

/** The whole minutes of each, added up; what two of them share counts twice. */
export const sumOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, interval) => sum + lengthOf(interval), 0);
