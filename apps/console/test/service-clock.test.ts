import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockChanges } from "../src/time/clock-changes.ts";
import { runningDay } from "../src/time/running-day.ts";
import { epochMsOf, openServiceDay, readSeconds, secondsOf } from "../src/time/service-clock.ts";
import { showClock, showMinutes, showTime, showWallTime } from "../src/time/show-time.ts";

const hour = 3600;
const paris = "Europe/Paris";

describe("a place on the service day", () => {
  it.each([
    ["an ordinary midnight", "2026-11-21", 0, "2026-11-20T23:00:00Z"],
    ["past midnight", "2026-11-21", 25 * hour + 600, "2026-11-22T00:10:00Z"],
    ["the day the clocks go forward", "2026-03-29", 1800, "2026-03-28T22:30:00Z"],
    ["the day the clocks go back", "2026-10-25", 1800, "2026-10-24T23:30:00Z"],
    ["the night into the day they go forward", "2026-03-28", 27 * hour, "2026-03-29T02:00:00Z"],
  ])("is counted from noon minus 12 hours: %s", (_, date, seconds, instant) => {
    const day = openServiceDay(date, paris);
    expect(readSeconds(day, instant)).toBe(seconds);
    expect(new Date(epochMsOf(day, seconds)).toISOString()).toBe(new Date(instant).toISOString());
  });

  it("is the same there and back, on every day of a year with both clock changes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: -2 * hour, max: 36 * hour }),
        (offset, seconds) => {
          const date = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
          const day = openServiceDay(date, paris);
          expect(secondsOf(day, epochMsOf(day, seconds))).toBe(seconds);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ["2026-03-28", 7],
    ["2026-10-24", 9],
  ])("keeps the true length of a duty from 22:00 to 06:00 on the wall in the night of %s", (date, hours) => {
    const day = openServiceDay(date, paris);
    const summer = date === "2026-10-24";
    const starts = readSeconds(day, `${date}T22:00:00${summer ? "+02:00" : "+01:00"}`);
    const next = date === "2026-10-24" ? "2026-10-25" : "2026-03-29";
    const ends = readSeconds(day, `${next}T06:00:00${summer ? "+01:00" : "+02:00"}`);
    expect((ends - starts) / hour).toBe(hours);
  });
});

describe("a shown time", () => {
  const day = openServiceDay("2026-11-21", paris);

  it.each([
    [4 * hour + 300, "04:05", null],
    [24 * hour, "24:00", "22 Nov"],
    [25 * hour + 600, "25:10", "22 Nov"],
    [-600, "23:50", "20 Nov"],
  ])("of %i seconds is %s, with the date beside it where it is another day's", (seconds, time, date) => {
    expect(showTime(day, seconds)).toEqual({ time, date });
  });

  it.each([
    ["2026-11-21T10:05:59Z", "11:05", null],
    ["2026-11-22T14:58:00.001Z", "15:58", "22 Nov"],
  ])("of what somebody did at %s is %s by the clock on the wall", (instant, time, date) => {
    expect(showWallTime(day, readSeconds(day, instant))).toEqual({ time, date });
  });

  it("of the clock on the wall follows the zone", () => {
    expect(showClock(Date.parse("2026-11-21T13:32:05Z"), paris)).toBe("14:32:05");
    expect(showClock(Date.parse("2026-07-21T13:32:05Z"), paris)).toBe("15:32:05");
  });

  it.each([
    [6, "6 min"],
    [60, "1 h"],
    [125, "2 h 05 min"],
  ])("of %i minutes is %s", (minutes, text) => expect(showMinutes(minutes)).toBe(text));
});

describe("clock changes on the axis", () => {
  it("are found where wall and timetable part in the night", () => {
    const forward = clockChanges(openServiceDay("2026-03-28", paris), 4 * hour, 30 * hour);
    expect(forward).toEqual([{ at: 26 * hour, minutes: 60, ahead: 60 }]);
    const back = clockChanges(openServiceDay("2026-10-24", paris), 4 * hour, 30 * hour);
    expect(back).toEqual([{ at: 27 * hour, minutes: -60, ahead: -60 }]);
  });

  it("put wall and timetable together again on the day itself", () => {
    expect(clockChanges(openServiceDay("2026-03-29", paris), 0, 24 * hour)).toEqual([
      { at: 3 * hour, minutes: 60, ahead: 0 },
    ]);
  });

  it("are none on other days, and none where the clocks never change", () => {
    expect(clockChanges(openServiceDay("2026-11-21", paris), 0, 30 * hour)).toEqual([]);
    expect(clockChanges(openServiceDay("2026-03-28", "Asia/Kolkata"), 0, 30 * hour)).toEqual([]);
  });
});

describe("the day that runs", () => {
  it.each([
    ["2026-11-21T22:59:00Z", "2026-11-21"],
    ["2026-11-21T23:30:00Z", "2026-11-21"],
    ["2026-11-22T01:59:00Z", "2026-11-21"],
    ["2026-11-22T02:00:00Z", "2026-11-22"],
  ])("at %s is %s: until three in the night it is the day before", (instant, date) => {
    expect(runningDay(Date.parse(instant), paris)).toBe(date);
  });
});
