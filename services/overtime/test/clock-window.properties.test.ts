import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarDay, dateShown } from "../src/model/calendar-day.ts";
import { clockWindows } from "../src/model/clock-window.ts";

/** Clocks that change at 01:00, 02:00 or 03:00, by an hour or by half of one, on either half of the globe, and clocks that never do. */
const zones = ["Europe/Paris", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];

/** Minutes around each change of these clocks in 2026. */
const instants = fc
  .tuple(
    fc.constantFrom("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"),
    fc.integer({ min: -60 * 60, max: 60 * 60 }),
  )
  .map(([date, minutes]) => Temporal.Instant.from(`${date}T02:00:00Z`).add({ minutes }));

test("the date that is shown is Temporal's, on the days when the clocks change too", () => {
  // Two that skipped a day or went back over midnight.
  const strange = ["Pacific/Apia", "America/St_Johns"];
  const then = fc.integer({ min: 0, max: 366 * 24 * 60 }).map((minutes) => newYear2011.add({ minutes }));
  fc.assert(
    fc.property(fc.oneof(instants, then), fc.constantFrom(...zones, ...strange), (at, zone) => {
      expect(dateShown(at, zone).toString()).toBe(at.toZonedDateTimeISO(zone).toPlainDate().toString());
    }),
    { numRuns: 1000 },
  );
});

test("a calendar day has in it what the clock shows under its date", () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
      const { starts, ends } = calendarDay(dateShown(at, zone), zone);
      expect([Temporal.Instant.compare(starts, at) <= 0, Temporal.Instant.compare(at, ends) < 0]).toEqual([true, true]);
    }),
  );
});

test("a moment lies in a window when the clock shows a time between its two, through both changes of the clocks", () => {
  const times = fc
    .constantFrom("04:00", "06:30", "12:00", "20:15", "23:00")
    .map((time) => Temporal.PlainTime.from(time));
  fc.assert(
    fc.property(instants, times, times, fc.constantFrom(...zones), (at, from, until, zone) => {
      const windows = clockWindows({ starts: at, ends: at }, from, until, zone);
      const lies = windows.some(
        ({ starts, ends }) => Temporal.Instant.compare(starts, at) <= 0 && Temporal.Instant.compare(at, ends) < 0,
      );
      expect(lies).toBe(isBetween(at.toZonedDateTimeISO(zone).toPlainTime(), from, until));
    }),
    { numRuns: 1000 },
  );
});

const newYear2011 = Temporal.Instant.from("2011-01-01T00:00:00Z");

const isBetween = (shown: Temporal.PlainTime, from: Temporal.PlainTime, until: Temporal.PlainTime): boolean => {
  const { compare } = Temporal.PlainTime;
  const [isAfter, isBefore] = [compare(from, shown) <= 0, compare(shown, until) < 0];
  return compare(from, until) < 0 ? isAfter && isBefore : isAfter || isBefore;
};
