import fc from "fast-check";
import { expect, test } from "vitest";
import { parseServiceTime, serviceInstant, serviceSeconds, showServiceTime, startOfDay } from "../src/service-day.ts";
import { minutesBetween, Temporal } from "../src/time.ts";

const at = (date: string, time: string, zone = "Europe/Paris"): string =>
  serviceInstant(Temporal.PlainDate.from(date), parseServiceTime(time, "time"), zone).toString();

test.each([
  ["2026-03-29", "00:30:00", "2026-03-28T22:30:00Z"],
  ["2026-10-25", "00:30:00", "2026-10-24T23:30:00Z"],
  ["2026-03-28", "27:00:00", "2026-03-29T02:00:00Z"],
  ["2026-11-21", "12:00:00", "2026-11-21T11:00:00Z"],
])("on %s the service time %s is %s in Paris", (date, time, instant) => {
  expect(at(date, time)).toBe(instant);
});

test.each([
  ["2026-03-28", 7 * 60],
  ["2026-10-24", 9 * 60],
  ["2026-11-21", 8 * 60],
])("22:00 to 06:00 on the wall in the night of %s lasts %i minutes", (date, minutes) => {
  const evening = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: "Europe/Paris", plainTime: "22:00" });
  const morning = Temporal.PlainDate.from(date)
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: "Europe/Paris", plainTime: "06:00" });
  expect(minutesBetween(evening.toInstant(), morning.toInstant())).toBe(minutes);
});

test("a service time and its instant are two ways of saying the same, on every day in every zone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 0, max: 48 * 3600 }),
      fc.constantFrom("Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"),
      (days, seconds, zone) => {
        const date = Temporal.PlainDate.from("2022-01-01").add({ days });
        expect(serviceSeconds(date, serviceInstant(date, seconds, zone), zone)).toBe(seconds);
      },
    ),
  );
});

test("a day without a midnight starts with its first instant", () => {
  expect(startOfDay(Temporal.PlainDate.from("2023-04-28"), "Africa/Cairo").toString()).toBe("2023-04-27T22:00:00Z");
});

test.each(["24:60:00", "1:2:3", "", "12:00", "-1:00:00", "noon"])('"%s" is no service time', (text) => {
  expect(() => parseServiceTime(text, "departure_time")).toThrow(
    expect.objectContaining({ slug: "field.not-a-service-time" }) as Error,
  );
});

test("after midnight the hours go on", () => {
  expect(showServiceTime(parseServiceTime("25:10:00", "t"))).toBe("25:10");
  expect(showServiceTime(parseServiceTime(" 4:05:30", "t"))).toBe("04:05");
});
