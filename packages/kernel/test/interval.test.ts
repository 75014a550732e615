import fc from "fast-check";
import { expect, test } from "vitest";
import { type Interval, intersection, lengthOf, overlaps, sumOf, without } from "../src/interval.ts";
import { Temporal } from "../src/time.ts";

const minute = (count: number) => Temporal.Instant.fromEpochMilliseconds(count * 60_000);
const interval = fc
  .tuple(fc.nat(2000), fc.integer({ min: 1, max: 600 }))
  .map(([start, length]): Interval => ({ starts: minute(start), ends: minute(start + length) }));

test("what is cut out and what is left make the whole", () => {
  fc.assert(
    fc.property(interval, fc.array(interval, { maxLength: 6 }), (whole, parts) => {
      const left = without(whole, parts);
      const covered = new Set<number>();
      for (const part of parts) {
        const cut = intersection(whole, part);
        if (cut)
          for (let at = cut.starts.epochMilliseconds; at < cut.ends.epochMilliseconds; at += 60_000) covered.add(at);
      }
      expect(sumOf(left) + covered.size).toBe(lengthOf(whole));
      for (const piece of left) for (const part of parts) expect(overlaps(piece, part)).toBe(false);
    }),
  );
});

test("touching is not overlapping", () => {
  const [a, b] = [
    { starts: minute(0), ends: minute(10) },
    { starts: minute(10), ends: minute(20) },
  ];
  expect(overlaps(a, b)).toBe(false);
  expect(intersection(a, b)).toBeNull();
});
