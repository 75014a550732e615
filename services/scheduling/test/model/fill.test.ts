import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { searchCandidates } from "../../src/model/candidates.ts";
import { findings } from "../../src/model/check.ts";
import type { CountedDriver, CountedDuty } from "../../src/model/counted.ts";
import { fill } from "../../src/model/fill.ts";
import { hourOf } from "../../src/model/fill-plan.ts";
import { driver, duty, instant } from "./given.ts";
import { week } from "./metro.ts";

type Filled = ReturnType<typeof fill>;

const byDriver = (filled: Filled, duties: readonly CountedDuty[]): Map<string, CountedDuty[]> =>
  Map.groupBy(
    duties.filter(({ id }) => filled.has(id)),
    ({ id }) => filled.get(id) ?? "",
  );

const openAfter = (filled: Filled, duties: readonly CountedDuty[]): CountedDuty[] =>
  duties.filter(({ id }) => !filled.has(id));

const holding = (
  drivers: readonly CountedDriver[],
  filled: Filled,
  duties: readonly CountedDuty[],
): CountedDriver[] => {
  const held = byDriver(filled, duties);
  return drivers.map((driver) => ({ ...driver, standing: [...driver.standing, ...(held.get(driver.id) ?? [])] }));
};

const allRulesKept = (drivers: readonly CountedDriver[]): void => {
  for (const driver of drivers)
    for (const duty of driver.standing)
      expect(findings({ ...driver, standing: driver.standing.filter((other) => other !== duty) }, duty)).toEqual([]);
};

const spreadOfHours = (duties: readonly CountedDuty[]): number => {
  const mean = duties.reduce((sum, duty) => sum + hourOf(duty), 0) / duties.length;
  return Math.sqrt(duties.reduce((sum, duty) => sum + (hourOf(duty) - mean) ** 2, 0) / duties.length) / 60_000;
};

test("in any depot: no rule broken, five duties a week at most; a second fill changes nothing", () => {
  const size = fc.record({ drivers: fc.integer({ min: 0, max: 40 }), dutiesADay: fc.nat(25), seed: fc.nat(1_000_000) });
  fc.assert(
    fc.property(size, (size) => {
      const { drivers, duties } = week(size);
      const filled = fill(drivers, duties);
      expect(duties.length - openAfter(filled, duties).length).toBe(filled.size);
      const after = holding(drivers, filled, duties);
      allRulesKept(after);
      for (const { standing } of after) expect(standing.length).toBeLessThanOrEqual(5);
      expect(fill(after, openAfter(filled, duties)).size).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test("a second fill continues with what a new driver can take", () => {
  const { drivers, duties } = week({ drivers: 20, dutiesADay: 20, seed: 7 });
  const first = fill(drivers, duties);
  const open = openAfter(first, duties);
  const more = week({ drivers: 40, dutiesADay: 0, seed: 8 }).drivers.slice(20);
  const staff = [...holding(drivers, first, duties), ...more];
  const second = fill(staff, open);
  expect(second.size).toBeGreaterThan(30);
  allRulesKept(holding(staff, second, open));
});

test("the order of what comes in changes nothing", () => {
  const { drivers, duties } = week({ drivers: 30, dutiesADay: 18, seed: 3 });
  const filled = fill(drivers, duties);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(drivers, { minLength: drivers.length }),
      fc.shuffledSubarray(duties, { minLength: duties.length }),
      (drivers, duties) => {
        expect(fill(drivers, duties)).toEqual(filled);
      },
    ),
    { numRuns: 20 },
  );
});

describe("a depot of 500 drivers, 2,300 duties in a week", () => {
  const { drivers, duties } = week({ drivers: 500, dutiesADay: 329, seed: 42 });
  const filled = fill(drivers, duties);
  const weeks = [...byDriver(filled, duties).values()];

  it("is filled with hardly a duty open", () => {
    expect(duties.length).toBeGreaterThan(2280);
    expect(openAfter(filled, duties).length).toBeLessThan(duties.length / 200);
  });

  it("gives nearly everybody two days off running, at about the same hours all week", () => {
    const free = weeks.filter((duties) => {
      const days = new Set(duties.map(({ day }) => (day + 3) % 7));
      return [0, 1, 2, 3, 4, 5, 6].some((day) => !days.has(day) && !days.has((day + 1) % 7));
    });
    expect(free.length).toBeGreaterThan(weeks.length * 0.95);
    const mean = weeks.reduce((sum, duties) => sum + spreadOfHours(duties), 0) / weeks.length;
    expect(mean).toBeLessThan(120);
  });
});

test("where hands are short, no day is left with all the open work", () => {
  const { drivers, duties } = week({ drivers: 440, dutiesADay: 329, seed: 42 });
  const open = openAfter(fill(drivers, duties), duties);
  const byDay = Map.groupBy(open, ({ day }) => day);
  expect(open.length).toBeGreaterThan(150);
  for (const left of byDay.values()) expect(left.length).toBeLessThan(open.length / 3);
});

describe("the search for a replacement", () => {
  const asked = duty("2026-03-12", "06:00", "14:00");
  const named = (number: string, ...standing: CountedDuty[]) => driver({ number }, ...standing);
  const monday = duty("2026-03-09", "06:00", "14:00");

  it("lists fit drivers by the part of the week filled, then by number, whoever needs a reason last", () => {
    const halfTime = { contracts: driver().contracts.map((contract) => ({ ...contract, weeklyMinutes: 1200 })) };
    const drivers = [
      { ...named("0001", monday), ...halfTime },
      named("0002", monday),
      named("0004"),
      named("0003"),
      named(
        "0005",
        ...[9, 10, 11, 13, 14].map((day) => duty(`2026-03-${String(day).padStart(2, "0")}`, "06:00", "14:01")),
      ),
    ];
    const { fit, leftOut } = searchCandidates(drivers, asked);
    expect(fit.map(({ driver }) => driver.number)).toEqual(["0003", "0004", "0002", "0001", "0005"]);
    expect(fit.find(({ driver }) => driver.number === "0001")).toMatchObject({
      weekMinutes: 480,
      contractMinutes: 1200,
    });
    expect(leftOut).toEqual([]);
  });

  it("says of everybody else what speaks against them", () => {
    const absent = driver({
      number: "0002",
      absences: [{ starts: instant("2026-03-11T23:00Z"), ends: instant("2026-03-12T23:00Z") }],
    });
    const tired = named("0001", duty("2026-03-11", "16:00", "23:30"));
    const { fit, leftOut } = searchCandidates([absent, tired], asked);
    expect(fit).toEqual([]);
    expect(leftOut.map(({ driver, findings }) => [driver.number, findings.map(({ rule }) => rule)])).toEqual([
      ["0001", ["eu-2003-88.rest"]],
      ["0002", ["absence"]],
    ]);
  });
});
