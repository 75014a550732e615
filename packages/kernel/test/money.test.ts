import fc from "fast-check";
import { expect, test } from "vitest";
import { factor, minor, payFor } from "../src/money.ts";

test.each([
  // 29 CFR 778.110: 46 hours at $12 with the half-time premium for 6 of them.
  [46 * 60, 1200, 1000, 55_200],
  [6 * 60, 1200, 500, 3600],
  // Half a cent goes away from zero.
  [1, 30, 1000, 1],
  [1, 29, 1000, 0],
  [-1, 30, 1000, -1],
])("%i minutes at %i an hour, %i thousandths, are %i", (minutes, hourly, thousandths, amount) => {
  expect(payFor(minutes, minor(hourly), factor(thousandths))).toBe(amount);
});

test("pay is never more than half a unit off the exact amount, also for a year at a director's rate", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 600_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 0, max: 5000 }),
      (minutes, hourly, thousandths) => {
        const paid = BigInt(payFor(minutes, minor(hourly), factor(thousandths)));
        const error = paid * 60_000n - BigInt(minutes) * BigInt(hourly) * BigInt(thousandths);
        expect(error <= 30_000n && error >= -30_000n).toBe(true);
      },
    ),
  );
});
