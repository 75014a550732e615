import type { DutyId } from "@headway/kernel/ids";
import { expect, test } from "vitest";
import { calculateWeek } from "../src/model/calculate-week.ts";
import { minutesOf, rules, worked } from "./driver-week.ts";

const monday = "2026-03-02";
const daily = {
  kind: "daily-overtime",
  code: "OVERTIME",
  tiers: [
    { over: 480, premium: 500 },
    { over: 600, premium: 1000 },
  ],
};
const night = { kind: "night", code: "NIGHT", from: "22:00", until: "06:00", premium: 200 };
const terms = (given: Readonly<Record<string, object>> = {}) => ({ ruleSet: rules(given), weeklyMinutes: 2400 });

test("every component says which stretches of time it is for, by which rule and version, and why", () => {
  const [day] = calculateWeek(
    worked({ [monday]: ["06:00-10:00", "10:30-17:30"] }),
    terms({ "daily-overtime": daily }),
    false,
  );
  expect(
    day?.components.map(({ intervals, ...component }) => ({
      ...component,
      intervals: intervals.map(({ starts, ends }) => `${starts}/${ends}`),
    })),
  ).toEqual([
    {
      id: "base.1",
      code: "BASE",
      minutes: 660,
      factor: 1000,
      duty: "duty-0",
      agreement: "test",
      rule: "base",
      ruleVersion: 1,
      sentence: "11 h of work at the hourly rate.",
      intervals: ["2026-03-02T06:00:00Z/2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z/2026-03-02T17:30:00Z"],
    },
    {
      id: "daily-overtime.1",
      code: "OVERTIME",
      minutes: 120,
      factor: 500,
      duty: "duty-0",
      agreement: "test",
      rule: "daily-overtime",
      ruleVersion: 1,
      sentence: "2 h of work beyond 8 h on the day: 50 % on top.",
      intervals: ["2026-03-02T14:30:00Z/2026-03-02T16:30:00Z"],
    },
    {
      id: "daily-overtime.2",
      code: "OVERTIME",
      minutes: 60,
      factor: 1000,
      duty: "duty-0",
      agreement: "test",
      rule: "daily-overtime",
      ruleVersion: 1,
      sentence: "1 h of work beyond 10 h on the day: 100 % on top.",
      intervals: ["2026-03-02T16:30:00Z/2026-03-02T17:30:00Z"],
    },
  ]);
});

test("the make-up names what it fills up, and no time", () => {
  const guarantee = { kind: "daily-guarantee", code: "MAKE_UP", minutes: 480 };
  const [day] = calculateWeek(worked({ [monday]: ["06:00-13:24"] }), terms({ guarantee }), false);
  expect(day?.components.at(-1)).toMatchObject({
    intervals: [],
    duty: null,
    sentence: "Make-up: 7 h 24 min of work; the guarantee for a day with a duty is 8 h.",
  });
});

test.each<[string, object, Parameters<typeof worked>[0], string]>([
  [
    "a day in a row",
    { kind: "consecutive-day", code: "OVERTIME", day: 2, tiers: [{ over: 0, premium: 500 }] },
    { [monday]: ["06:00-07:00"], "2026-03-03": ["06:00-07:30"] },
    "1 h 30 min of work on day 2 in a row this week: 50 % on top.",
  ],
  [
    "a holiday",
    { kind: "holiday", code: "HOLIDAY", dates: [monday], premium: 1000 },
    { [monday]: ["06:00-14:00"] },
    "8 h of work on the holiday 2026-03-02: 100 % on top.",
  ],
  [
    "work late in a long day",
    { kind: "spread", code: "OVERTIME", over: 600, premium: 500, pays: "work" },
    { [monday]: ["06:00-10:00", "15:00-16:45"] },
    "45 min of work beyond 10 h of the day's spread: 50 % on top.",
  ],
  [
    "a long day as such",
    { kind: "spread", code: "SPREAD", over: 600, premium: 250, pays: "time" },
    { [monday]: ["06:00-10:00", "17:00-18:00"] },
    "2 h of the day's spread beyond 10 h: 25 % on top.",
  ],
  ["a night", night, { [monday]: ["20:00-28:00"] }, "6 h of work between 22:00 and 06:00: 20 % on top."],
  [
    "a week beyond the contract",
    { kind: "weekly-overtime", code: "OVERTIME", tiers: [{ over: "contract", premium: 250 }] },
    { [monday]: ["00:00-24:00"], "2026-03-03": ["00:00-18:00"] },
    "2 h of work beyond the contract's 40 h in the week, not counting the overtime of single days: 25 % on top.",
  ],
  [
    "whole minutes",
    { ...daily, tiers: [{ over: 480, premium: 500 }], round: "minute-up" },
    { [monday]: ["06:00-14:33"] },
    "33 min of work beyond 8 h on the day: 50 % on top, rounded up to 17 min at the hourly rate.",
  ],
  [
    "a guarantee of the week",
    { kind: "weekly-guarantee", code: "MAKE_UP", minutes: "contract", days: 1 },
    { [monday]: ["06:00-14:00"] },
    "Make-up: 8 h of work and daily make-up; the guarantee for a week with a duty is the contract's 40 h.",
  ],
])("the sentence for %s", (_, rule, week, sentence) => {
  const components = calculateWeek(worked(week), terms({ rule }), true).flatMap((day) => day.components);
  expect(components.filter((component) => component.rule === "rule").map((component) => component.sentence)).toEqual([
    sentence,
  ]);
});

test("two duties of a day have a base component each, and overtime names the duty it fell into", () => {
  const [early, late] = worked({ [monday]: ["06:00-12:00"], "2026-03-03": ["06:00-07:00"] });
  if (!early || !late) throw new Error("Two duties were given.");
  const second = { ...late, date: early.date, work: worked({ [monday]: ["14:00-18:00"] })[0]?.work ?? [] };
  const [day] = calculateWeek([second, early], terms({ "daily-overtime": daily }), false);
  expect(day?.components.map(({ id, duty, minutes }) => [id, duty, minutes])).toEqual([
    ["base.1", early.duty, 360],
    ["base.2", late.duty, 240],
    ["daily-overtime.1", late.duty, 120],
  ]);
});

test("a minute that two assignments claim is paid once, with the earlier one", () => {
  const [first] = worked({ [monday]: ["06:00-14:10"] });
  const [second] = worked({ [monday]: ["14:00-16:00"] });
  if (!first || !second) throw new Error("Two duties were given.");
  const other = { ...second, assignment: "other" as typeof second.assignment, duty: "other" as DutyId };
  const [day] = calculateWeek([other, first], terms(), false);
  expect(day?.components.map(({ duty, minutes }) => [duty, minutes])).toEqual([
    ["duty-0", 490],
    ["other", 110],
  ]);
});

test("an hour can earn overtime and the night premium, but only one of each kind", () => {
  const late = { ...night, from: "20:00", until: "00:00", premium: 100 };
  const days = calculateWeek(worked({ [monday]: ["14:00-24:00"] }), terms({ daily, night, late }), false);
  expect(minutesOf(days, "OVERTIME")).toBe(120);
  expect(
    days[0]?.components.filter(({ code }) => code === "NIGHT").map(({ minutes, factor }) => [minutes, factor]),
  ).toEqual([
    [120, 200],
    [120, 100],
  ]);
});

test("a record without work is no day with a duty", () => {
  const guarantee = { kind: "daily-guarantee", code: "MAKE_UP", minutes: 480 };
  expect(calculateWeek(worked({ [monday]: [] }), terms({ guarantee }), true)).toEqual([]);
});

test("work after midnight belongs to the service day it started on", () => {
  const days = calculateWeek(worked({ "2026-03-08": ["22:00-30:00"] }), terms({ night }), false);
  expect(days.map(({ date }) => date.toString())).toEqual(["2026-03-08"]);
  expect(minutesOf(days, "NIGHT")).toBe(480);
});
