import { type DepotId, type DutyId, type EmployeeId, newId } from "@headway/kernel/ids";
import { factor, minor } from "@headway/kernel/money";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  linesFor,
  type PayComponent,
  type PayrollLine,
  type PayrollLineId,
  standingOf,
  type WorkedDay,
} from "../src/model/payroll-line.ts";

const component = (id: string, minutes: number, thousandths = 1000): PayComponent => ({
  id,
  code: id.toUpperCase(),
  minutes,
  factor: factor(thousandths),
  intervals: [],
  duty: null,
  rule: `standard/${id}`,
  ruleVersion: 1,
  sentence: `${minutes} minutes.`,
});

const day = (revision: number, ...components: readonly PayComponent[]): WorkedDay => ({
  driver: "driver" as EmployeeId,
  date: Temporal.PlainDate.from("2026-03-02"),
  depot: "depot" as DepotId,
  revision,
  components,
});

const euros = (hourly: number) => ({
  hourly: minor(hourly),
  currency: "EUR",
  employeeNumber: "1",
  costCentre: "NORTH",
});
const pay = (given: WorkedDay, rate = euros(2000), standing: readonly PayrollLine[] = []) =>
  linesFor(given, rate, standing, () => newId<PayrollLineId>());

test("46 h with 6 h of half-time at $12 are $588", () => {
  const lines = pay(day(1, component("base", 46 * 60), component("overtime", 6 * 60, 500)), {
    ...euros(1200),
    currency: "USD",
  });
  expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(58_800);
});

test("given a line that is still right, when the day is looked at again, then nothing is corrected", () => {
  const paid = day(1, component("base", 480));
  expect(pay({ ...paid, revision: 2 }, euros(2000), pay(paid))).toEqual([]);
});

test("given a late fact, then the wrong line is taken back, and what replaces it names it", () => {
  const first = pay(day(1, component("base", 480), component("night", 60, 200)));
  const [wrong] = first;
  const corrections = pay(day(2, component("base", 510), component("night", 60, 200)), euros(2000), first);
  expect(
    corrections.map(({ kind, minutes, amount, corrects, revision }) => [kind, minutes, amount, corrects, revision]),
  ).toEqual([
    ["reversal", -480, -16_000, wrong?.id, 2],
    ["pay", 510, 17_000, wrong?.id, 2],
  ]);
  const standing = standingOf([...first, ...corrections]);
  expect(standing.map(({ component: id, minutes }) => [id, minutes])).toEqual([
    ["night", 60],
    ["base", 510],
  ]);
});

test("given a duty that comes in late before another, then the other's line stays untouched", () => {
  const ofDuty = (id: string, duty: string, minutes: number) => ({
    ...component(id, minutes),
    ...{ code: "BASE", rule: "standard/base", duty: duty as DutyId },
  });
  const first = pay(day(1, ofDuty("base.1", "late", 240)));
  const more = pay(day(2, ofDuty("base.1", "early", 240), ofDuty("base.2", "late", 240)), euros(2000), first);
  expect(more.map(({ kind, duty, minutes, corrects }) => [kind, duty, minutes, corrects])).toEqual([
    ["pay", "early", 240, null],
  ]);
});

test("given a day that is worth nothing any more, then all of it is taken back", () => {
  const first = pay(day(1, component("base", 480)));
  const corrections = pay(day(2), euros(2000), first);
  expect(standingOf([...first, ...corrections])).toEqual([]);
});

test("given another rate for the past, then the line is corrected at the new one", () => {
  const first = pay(day(1, component("base", 60)));
  expect(pay(day(2, component("base", 60)), euros(2100), first).map(({ amount }) => amount)).toEqual([-2000, 2100]);
});

test("whatever the revisions, what was paid in the end is what the last one is worth", () => {
  const components = fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom("base", "night", "overtime", "spread"),
        minutes: fc.nat(600),
        share: fc.nat(3000),
      }),
      {
        selector: ({ id }) => id,
      },
    )
    .map((list) => list.map(({ id, minutes, share }) => component(id, minutes, share)));
  const history = fc.array(fc.record({ components, hourly: fc.nat(9999) }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(history, (revisions) => {
      const all: PayrollLine[] = [];
      for (const [index, { components: given, hourly }] of revisions.entries())
        all.push(...pay(day(index + 1, ...given), euros(hourly), standingOf(all)));
      const last = revisions.at(-1);
      const worth = pay(day(1, ...(last?.components ?? [])), euros(last?.hourly ?? 0));
      const sum = (lines: readonly PayrollLine[]) => lines.reduce((total, { amount }) => total + amount, 0);
      expect(sum(all)).toBe(sum(worth));
      expect(sum(standingOf(all))).toBe(sum(worth));
    }),
  );
});
