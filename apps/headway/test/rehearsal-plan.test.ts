import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda } from "../src/rehearse/agenda.ts";
import { castWeek } from "../src/rehearse/cast.ts";
import { conductOf, replacementConductOf } from "../src/rehearse/conduct.ts";
import { type Duty, type Held, nameOf, nameOfHeld } from "../src/rehearse/duty.ts";
import { neededDrivers } from "../src/rehearse/hiring.ts";

const day = 24 * 60;

const aDuty = (index: number, given: Partial<Duty> = {}): Duty => ({
  id: `id-${index}`,
  date: `2026-11-${String(16 + (index % 7)).padStart(2, "0")}`,
  service: "weekday",
  run: `R${index}`,
  depot: index % 2 === 0 ? "ALD" : "NGT",
  qualification: index % 2 === 0 ? "A" : "B",
  starts: (index % 7) * day + 300 + (index % 50) * 10,
  ends: (index % 7) * day + 300 + (index % 50) * 10 + 430,
  gaps: [],
  workMinutes: 430,
  ...given,
});

const aRoster = (count: number): Held[] =>
  Array.from({ length: count }, (_, index) => ({
    duty: aDuty(index),
    driver: `driver-${index}`,
    number: String(index).padStart(5, "0"),
  }));

describe("conduct", () => {
  const aStretch = fc.record({ starts: fc.nat(3_000), length: fc.integer({ min: 20, max: 800 }) });

  it("never signs off before on, and rests in between", () => {
    fc.assert(
      fc.property(fc.integer(), aStretch, fc.nat(60), (seed, { starts, length }, asked) => {
        const gap = { starts: starts + Math.floor(length / 3), ends: starts + Math.floor(length / 2) };
        const held: Held = { duty: aDuty(1, { starts, ends: starts + length, gaps: [gap] }), driver: "d", number: "1" };
        for (const { signsOn, breaks, signsOff } of [
          conductOf(seed, held, 0.02),
          replacementConductOf(seed, held, starts + asked),
        ]) {
          const times = [signsOn, ...breaks.flatMap((rest) => [rest.starts, rest.ends]), signsOff];
          expect(times.every(Number.isInteger)).toBe(true);
          expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
        }
      }),
    );
  });

  it("comes within the windows: not before they open, not so late that it would be missed", () => {
    for (const held of aRoster(3_000)) {
      const early = held.duty.starts - conductOf(7, held, 0.1).signsOn;
      expect(early).toBeLessThan(30);
      expect(early).toBeGreaterThan(-20);
    }
  });

  it("hangs on the employee number and not on ids", () => {
    const [held] = aRoster(1);
    if (!held) throw new Error("no roster");
    expect(conductOf(1, { ...held, driver: "other", duty: { ...held.duty, id: "other" } }, 0.02)).toEqual(
      conductOf(1, held, 0.02),
    );
    const others = Array.from(
      { length: 20 },
      (_, index) => conductOf(1, { ...held, number: String(index) }, 0.02).signsOn,
    );
    expect(new Set(others).size).toBeGreaterThan(3);
  });

  it("has a replacement come after being asked", () => {
    for (const held of aRoster(500))
      expect(replacementConductOf(1, held, held.duty.starts + 20).signsOn).toBeGreaterThan(held.duty.starts + 20);
  });
});

describe("the cast of a week", () => {
  const rosters = aRoster(2_000);

  it("is the same in whatever order the rosters arrive", () => {
    expect(castWeek(1, rosters.toReversed())).toEqual(castWeek(1, rosters));
    expect(castWeek(2, rosters)).not.toEqual(castWeek(1, rosters));
  });

  it("has some of everything even in a small week", () => {
    const cast = castWeek(1, aRoster(21));
    expect(cast.sick.size).toBeGreaterThan(0);
    expect(cast.missing.size).toBeGreaterThan(0);
    expect(cast.cancelled.size).toBe(1);
    expect(cast.strays.size).toBe(0);
    expect(cast.swaps.length).toBeGreaterThan(0);
  });

  it("gives nobody two parts", () => {
    const { sick, missing, cancelled, swaps } = castWeek(1, rosters);
    for (const name of missing) expect(sick.has(name)).toBe(false);
    for (const held of rosters.filter((one) => cancelled.has(nameOf(one.duty))))
      expect(sick.has(nameOfHeld(held))).toBe(false);
    for (const held of swaps.flat()) expect(sick.has(nameOfHeld(held)) || missing.has(nameOfHeld(held))).toBe(false);
  });

  it("swaps within a depot, a line and a day, between two people", () => {
    for (const [a, b] of castWeek(1, rosters).swaps) {
      expect([b.duty.depot, b.duty.qualification, b.duty.date]).toEqual([
        a.duty.depot,
        a.duty.qualification,
        a.duty.date,
      ]);
      expect(a.number).not.toBe(b.number);
    }
  });

  it("does without people when there are none", () => {
    expect(castWeek(1, [])).toEqual({
      late: 0.02,
      sick: new Map(),
      missing: new Set(),
      strays: new Set(),
      cancelled: new Set(),
      swaps: [],
    });
  });
});

describe("the agenda", () => {
  it("goes by minute, then rank, then name, whatever the order of noting", () => {
    const aHappening = fc.record({ minute: fc.nat(20), rank: fc.nat(3), name: fc.string() });
    fc.assert(
      fc.property(fc.array(aHappening), (noted) => {
        const agenda = new Agenda();
        for (const { minute, ...happening } of noted) agenda.note(minute, happening);
        const lived: [number, number, string][] = [];
        for (let next = agenda.take(); next; next = agenda.take())
          for (const { rank, name } of next.happenings) lived.push([next.minute, rank, name]);
        expect(lived).toHaveLength(noted.length);
        const inOrder = lived.toSorted(
          (a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0),
        );
        expect(lived).toEqual(inOrder);
      }),
    );
  });
});

describe("hiring", () => {
  const duties = aRoster(700).map(({ duty }) => duty);

  it("finds people for every depot's days, with what they must be able to drive", () => {
    const [ald, ngt] = neededDrivers(duties, 2_400);
    expect(ald).toMatchObject({ depot: "ALD", qualifications: ["A"] });
    expect(ngt).toMatchObject({ depot: "NGT", qualifications: ["B"] });
    expect(ald?.drivers).toBeGreaterThan(350 / 5);
  });

  it("needs no fewer when the minutes of a contract are fewer", () => {
    const [short] = neededDrivers(duties, 1_000);
    const [long] = neededDrivers(duties, 2_400);
    expect(short?.drivers ?? 0).toBeGreaterThan(long?.drivers ?? 0);
  });
});
