import { type Interval, overlaps, sumOf } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { calculateWeek } from "../src/model/calculate-week.ts";
import type { Component } from "../src/model/component.ts";
import { outside } from "../src/model/spans.ts";
import type { WorkedDuty } from "../src/model/worked-day.ts";
import { anyWeek } from "./any-week.ts";
import { minutesOf, rules } from "./driver-week.ts";

const california = {
  daily: {
    kind: "daily-overtime",
    code: "OVERTIME",
    tiers: [
      { over: 480, premium: 500 },
      { over: 720, premium: 1000 },
    ],
  },
  seventh: {
    kind: "consecutive-day",
    code: "OVERTIME",
    day: 7,
    tiers: [
      { over: 0, premium: 500 },
      { over: 480, premium: 1000 },
    ],
  },
  weekly: { kind: "weekly-overtime", code: "OVERTIME", tiers: [{ over: 2400, premium: 500 }] },
};

const ruleSet = rules({
  ...california,
  spread: { kind: "spread", code: "OVERTIME", over: 600, premium: 500, pays: "work" },
  night: { kind: "night", code: "NIGHT", from: "22:00", until: "06:00", premium: 200 },
  guarantee: { kind: "daily-guarantee", code: "MAKE_UP", minutes: 480 },
  "week-guarantee": { kind: "weekly-guarantee", code: "MAKE_UP", minutes: "contract", days: 1 },
});
const terms = { ruleSet, weeklyMinutes: 2400 };

const componentsOf = (facts: readonly WorkedDuty[], final = true): Component[] =>
  calculateWeek(facts, terms, final).flatMap(({ components }) => components);

/** The minutes of work that are there, each once, as minutes since the epoch. */
const minutesWorked = (facts: readonly WorkedDuty[]): number[] => [
  ...new Set(facts.flatMap(({ work }) => work.flatMap(eachMinute))),
];

const eachMinute = ({ starts, ends }: Interval): number[] => {
  const [from, until] = [starts, ends].map(({ epochMilliseconds }) => epochMilliseconds / 60_000);
  return Array.from({ length: (until ?? 0) - (from ?? 0) }, (_, index) => (from ?? 0) + index);
};

test("base pay covers the minutes worked: each is in one component, and none that was not worked is in any", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      const days = calculateWeek(facts, terms, true);
      const base = days.flatMap(({ components }) => components).filter(({ code }) => code === "BASE");
      const paid = base.flatMap(({ intervals }) => intervals.flatMap(eachMinute)).toSorted((a, b) => a - b);
      expect(paid).toEqual(minutesWorked(facts).toSorted((a, b) => a - b));
      for (const { components, workedMinutes } of days) {
        const own = components.filter(({ code }) => code === "BASE");
        expect(own.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(workedMinutes);
      }
    }),
  );
});

test("no two components of a day have the same id", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      for (const { components } of calculateWeek(facts, terms, true))
        expect(new Set(components.map(({ id }) => id)).size).toBe(components.length);
    }),
  );
});

test("the order of the facts does not matter", () => {
  const shuffled = anyWeek.chain((facts) =>
    fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
  );
  fc.assert(
    fc.property(shuffled, ([facts, other]) => {
      expect(componentsOf(other)).toEqual(componentsOf(facts));
    }),
  );
});

test("no minute earns two overtime premiums, and every one that earns a premium was worked", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      const work = facts.flatMap((fact) => fact.work);
      for (const code of ["OVERTIME", "NIGHT"]) {
        const paid = componentsOf(facts)
          .filter((component) => component.code === code)
          .flatMap(({ intervals }) => intervals);
        expect(outside(paid, work)).toEqual([]);
        expect(paid.some((a, index) => paid.slice(index + 1).some((b) => overlaps(a, b)))).toBe(false);
      }
    }),
  );
});

test("night minutes are those that the clock on the wall calls night", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      const nightly = facts.flatMap(({ zone, work }) =>
        work.flatMap(eachMinute).filter((minute) => {
          const { hour } = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone);
          return hour >= 22 || hour < 6;
        }),
      );
      expect(minutesOf(calculateWeek(facts, terms, true), "NIGHT")).toBe(new Set(nightly).size);
    }),
    { numRuns: 30 },
  );
});

test("a component without rounding has as many minutes as its stretches of time", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      for (const { intervals, minutes } of componentsOf(facts).filter(({ code }) => code !== "MAKE_UP"))
        expect(minutes).toBe(sumOf(intervals));
    }),
  );
});

test("with every guarantee, a week with work is paid at least the contract", () => {
  fc.assert(
    fc.property(anyWeek, (facts) => {
      const paid = componentsOf(facts).filter(({ code }) => code === "BASE" || code === "MAKE_UP");
      const minutes = paid.reduce((sum, component) => sum + component.minutes, 0);
      if (minutesWorked(facts).length > 0) expect(minutes).toBeGreaterThanOrEqual(2400);
    }),
  );
});

/** California 510 told again, minute by minute: what a reader of the law would do by hand. */
const premiumByHand = (facts: readonly WorkedDuty[]): number => {
  const seen = new Set<number>();
  const dates = [...new Set(facts.map(({ date }) => date.toString()))].toSorted();
  const days = dates
    .map((date) =>
      minutesWorked(facts.filter((fact) => fact.date.toString() === date)).filter(
        (minute) => !seen.has(minute) && seen.add(minute),
      ),
    )
    .filter((minutes) => minutes.length > 0);
  let straight = 0;
  let premium = 0;
  for (const minutes of days) {
    const seventh = days.length === 7 && minutes === days[6];
    let worked = 0;
    for (const _ of minutes) {
      worked += 1;
      if (worked > 720 || (seventh && worked > 480)) premium += 1000;
      else if (worked > 480 || seventh) premium += 500;
      else {
        straight += 1;
        if (straight > 2400) premium += 500;
      }
    }
  }
  return premium;
};

test("California agrees with the law read minute by minute", () => {
  const law = { ruleSet: rules(california), weeklyMinutes: 0 };
  fc.assert(
    fc.property(anyWeek, (facts) => {
      const components = calculateWeek(facts, law, true).flatMap((day) => day.components);
      const premium = components
        .filter(({ code }) => code === "OVERTIME")
        .reduce((sum, { minutes, factor }) => sum + minutes * factor, 0);
      expect(premium).toBe(premiumByHand(facts));
    }),
  );
});
