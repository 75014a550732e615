import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { findings, fits } from "../../src/model/check.ts";
import { driver, duty, instant, under, zone } from "./given.ts";

describe("rest between duties", () => {
  const late = duty("2026-03-10", "15:00", "23:30");

  it.each([
    ["eu-2003-88", "10:00", { rule: "eu-2003-88.rest", measured: 630, limit: 660 }],
    ["eu-2003-88", "10:29", { rule: "eu-2003-88.rest", measured: 659, limit: 660 }],
    ["eu-2003-88", "10:30", null],
    ["eu-2005-47", "11:29", { rule: "eu-2005-47.rest", measured: 719, limit: 720 }],
    ["eu-2005-47", "11:30", null],
    ["everett", "08:29", { rule: "everett.rest", measured: 539, limit: 540 }],
    ["everett", "08:30", null],
  ])("%s: off at 23:30 and on at %s", (agreement, on, finding) => {
    const next = duty("2026-03-11", on, "16:00");
    const expected = finding ? [expect.objectContaining({ ...finding, version: 1, level: "error" })] : [];
    expect(findings(driver(under(agreement), late), next)).toEqual(expected);
    expect(findings(driver(under(agreement), next), late)).toEqual(expected);
  });

  it("holds on the dates of the rule's version only", () => {
    const evening = duty("2008-07-25", "15:00", "23:30");
    const rested = (date: string) => findings(driver(under("eu-2005-47"), evening), duty(date, "08:00", "12:00"));
    expect(rested("2008-07-26")).toEqual([]);
    const sunday = driver(under("eu-2005-47"), duty("2008-07-26", "15:00", "23:30"));
    expect(findings(sunday, duty("2008-07-27", "08:00", "12:00"))).toMatchObject([
      { rule: "eu-2005-47.rest", version: 1 },
    ]);
  });

  it("says how much is missing", () => {
    const [finding] = findings(driver({}, late), duty("2026-03-11", "10:00", "16:00"));
    expect(finding?.sentence).toBe("Rests 10:30 h between two duties, 30 min short of 11:00 h.");
  });

  it("does not round 20 missing seconds away", () => {
    const next = duty("2026-03-11", "10:30", "16:00");
    const early = { ...next, starts: next.starts - 20_000 };
    expect(findings(driver({}, late), early)).toMatchObject([{ measured: 659 }]);
  });

  it("counts the night when the clocks go forward an hour shorter", () => {
    const saturday = duty("2026-03-28", "15:00", "23:00");
    const wall = (time: string) => Temporal.PlainDateTime.from(`2026-03-29T${time}`).toZonedDateTime(zone).toInstant();
    const sunday = { ...duty("2026-03-29", "00:00", "00:00"), ends: wall("18:00").epochMilliseconds };
    const from = (time: string) => ({ ...sunday, starts: wall(time).epochMilliseconds, work: 60 });
    expect(findings(driver({}, saturday), from("10:00"))).toMatchObject([{ rule: "eu-2003-88.rest", measured: 600 }]);
    expect(findings(driver({}, saturday), from("11:00"))).toEqual([]);
  });

  it("counts the night when the clocks go back an hour longer", () => {
    const saturday = duty("2026-10-24", "15:00", "23:00");
    const nine = Temporal.PlainDateTime.from("2026-10-25T09:00").toZonedDateTime(zone).toInstant().epochMilliseconds;
    const sunday = { ...duty("2026-10-25", "09:00", "15:00"), starts: nine };
    expect(findings(driver({}, saturday), sunday)).toEqual([]);
    expect(findings(driver({}, saturday), { ...sunday, starts: nine - 60_000 })).toMatchObject([{ measured: 659 }]);
  });

  it("holds across midnight: a duty past 24:00 ends on the next morning", () => {
    const night = duty("2026-03-10", "20:00", "26:00");
    expect(findings(driver({}, night), duty("2026-03-11", "12:59", "18:00"))).toMatchObject([{ measured: 659 }]);
    expect(findings(driver({}, night), duty("2026-03-11", "13:00", "18:00"))).toEqual([]);
  });
});

describe("limits of a day and a week", () => {
  it("counts spread and work of one service date together", () => {
    const early = duty("2026-03-10", "05:00", "08:00");
    const evening = duty("2026-03-10", "17:00", "19:01");
    expect(findings(driver(under("everett"), early), evening)).toMatchObject([
      { rule: "everett.spread", measured: 841, limit: 840 },
    ]);
    expect(findings(driver(under("everett")), duty("2026-03-10", "05:00", "17:01"))).toMatchObject([
      { rule: "everett.work", measured: 721, limit: 720 },
    ]);
  });

  it("warns from 48 h in a week from Monday to Sunday, and only then", () => {
    const week = ["09", "10", "11", "12", "13"].map((day) => duty(`2026-03-${day}`, "06:00", "14:00"));
    expect(findings(driver({}, ...week), duty("2026-03-14", "06:00", "14:00"))).toEqual([]);
    expect(findings(driver({}, ...week), duty("2026-03-14", "06:00", "14:01"))).toMatchObject([
      { rule: "eu-2003-88.week", level: "warning", measured: 2881, limit: 2880 },
    ]);
    expect(findings(driver({}, ...week), duty("2026-03-16", "06:00", "14:01"))).toEqual([]);
  });
});

describe("what holds under every agreement", () => {
  const asked = duty("2026-03-10", "06:00", "14:00", { qualification: "B" });
  const qualified = (code: string, from: string, to: string | null = null) => ({
    qualifications: [
      { code, from: Temporal.PlainDate.from(from), to: to === null ? null : Temporal.PlainDate.from(to) },
    ],
  });

  it.each([
    ["the right one", qualified("B", "2026-03-10", "2026-03-10"), true],
    ["another", qualified("A", "2026-01-01"), false],
    ["one that begins tomorrow", qualified("B", "2026-03-11"), false],
    ["one that ended yesterday", qualified("B", "2026-01-01", "2026-03-09"), false],
  ])("qualification: %s", (_, held, may) => {
    expect(findings(driver(held), asked).map(({ rule }) => rule)).toEqual(may ? [] : ["qualification"]);
  });

  it("employment and contract in force", () => {
    const employed = (from: string, to: string | null) => ({
      employed: { from: Temporal.PlainDate.from(from), to: to === null ? null : Temporal.PlainDate.from(to) },
    });
    const plain = duty("2026-03-10", "06:00", "14:00");
    expect(fits(driver(employed("2026-03-10", "2026-03-10")), plain)).toBe(true);
    expect(findings(driver(employed("2026-03-11", null)), plain)).toMatchObject([{ rule: "employment" }]);
    expect(findings(driver(employed("2026-01-01", "2026-03-09")), plain)).toMatchObject([{ rule: "employment" }]);
    expect(findings(driver({ contracts: [] }), plain)).toMatchObject([{ rule: "employment", level: "error" }]);
  });

  it("absence: half a day blocks that half only", () => {
    const afternoon = { absences: [{ starts: instant("2026-03-10T11:00Z"), ends: instant("2026-03-10T23:00Z") }] };
    expect(fits(driver(afternoon), duty("2026-03-10", "06:00", "12:00"))).toBe(true);
    expect(findings(driver(afternoon), duty("2026-03-10", "06:00", "12:20"))).toMatchObject([
      { rule: "absence", measured: 20, limit: 0 },
    ]);
  });

  it("overlap, and duties that only touch", () => {
    const held = driver({}, duty("2026-03-10", "06:00", "10:00"));
    expect(findings(held, duty("2026-03-10", "09:30", "12:00"))).toMatchObject([{ rule: "overlap", measured: 30 }]);
    expect(findings(held, duty("2026-03-10", "10:00", "12:00"))).toMatchObject([
      { rule: "eu-2003-88.rest", measured: 0 },
    ]);
  });

  it("another depot", () => {
    const elsewhere = driver({ depot: "other" as never });
    expect(findings(elsewhere, duty("2026-03-10", "06:00", "10:00"))).toMatchObject([
      { rule: "depot", level: "error" },
    ]);
  });
});

test("any two duties fit a driver exactly if 11 elapsed hours lie between them, on every night of the year", () => {
  const times = fc.record({
    first: fc.integer({ min: 0, max: 365 * 1440 }),
    length: fc.integer({ min: 1, max: 780 }),
    gap: fc.integer({ min: -900, max: 900 }),
    second: fc.integer({ min: 1, max: 780 }),
  });
  const newYear = instant("2025-12-31T23:00Z");
  const at = (minute: number, length: number) => {
    const worked = { starts: newYear.add({ minutes: minute }), ends: newYear.add({ minutes: minute + length }) };
    const date = worked.starts.toZonedDateTimeISO(zone).toPlainDate().toString();
    return duty(date, "0:00", "0:00", { worked, work: 1 });
  };
  fc.assert(
    fc.property(times, ({ first, length, gap, second }) => {
      const a = at(first, length);
      const b = at(first + length + gap, second);
      const rested = gap >= 660 || -gap - length - second >= 660;
      const spread = Math.max(a.ends, b.ends) - Math.min(a.starts, b.starts);
      const tooSpread = a.day === b.day && spread > 780 * 60_000;
      expect(fits(driver({}, a), b)).toBe(rested && !tooSpread);
    }),
    { numRuns: 2000 },
  );
});
