import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { type Contract, contractFor, daysBefore, weekOf, weeksEndingIn } from "../src/model/week.ts";

const date = Temporal.PlainDate.from;
const contract = (agreement: string, from: string): Contract => ({ agreement, weeklyMinutes: 2400, from: date(from) });

test("a week goes from Monday to Sunday", () => {
  const shown = (day: string) => Object.values(weekOf(date(day))).map(String);
  expect(shown("2026-03-02")).toEqual(["2026-03-02", "2026-03-08"]);
  expect(shown("2026-03-08")).toEqual(["2026-03-02", "2026-03-08"]);
  expect(shown("2026-01-01")).toEqual(["2025-12-29", "2026-01-04"]);
});

test.each([
  ["2026-03-02", "2026-03-08", ["2026-03-02"]],
  ["2026-03-01", "2026-03-14", ["2026-02-23", "2026-03-02"]],
  ["2026-03-02", "2026-03-07", []],
])("the weeks that end from %s to %s are those from the Mondays %j", (from, to, mondays) => {
  expect(weeksEndingIn({ from: date(from), to: date(to) }).map((week) => week.from.toString())).toEqual(mondays);
});

test.each([
  ["the middle of a week", "2026-08-01", "2026-08-31", ["2026-07-27", "2026-07-31"]],
  ["a Monday", "2026-03-02", "2026-03-15", ["2026-03-02", "2026-03-01"]],
  ["the middle of a week that goes on behind it", "2026-03-04", "2026-03-07", ["2026-03-04", "2026-03-03"]],
])("before a span that starts in %s, the days of weeks that end in it go from and to", (_, from, to, span) => {
  expect(Object.values(daysBefore({ from: date(from), to: date(to) })).map(String)).toEqual(span);
});

test.each([
  ["the one in force on Monday", [contract("old", "2020-01-01"), contract("new", "2026-03-04")], "old"],
  ["the one that starts on Monday", [contract("old", "2020-01-01"), contract("new", "2026-03-02")], "new"],
  ["the first that starts in the week", [contract("later", "2026-03-06"), contract("hired", "2026-03-04")], "hired"],
  ["none before the first", [contract("future", "2026-03-09")], null],
])("a week is paid under %s", (_, contracts, agreement) => {
  const week = weekOf(date("2026-03-05"));
  expect(contractFor(week, contracts)?.agreement ?? null).toBe(agreement);
  expect(contractFor(week, contracts.toReversed())?.agreement ?? null).toBe(agreement);
});
