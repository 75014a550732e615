import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import { newId } from "@headway/kernel/ids";
import { minutesBetween, parseDate, parseInstant } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Duty, type PlannedWork, workOn } from "../src/model/duty/duty.ts";
import { dutyChanges } from "../src/model/duty/duty-changes.ts";
import type { BlockId, LineCode, RunId, ServiceId, Terminal, TripId } from "../src/model/ids.ts";
import { makeRun, type Piece } from "../src/model/run/run.ts";
import { usualLimits } from "../src/model/run/run-limits.ts";

const setting = { depot: newId<DepotId>(), zone: "Europe/Paris", nameOf: (terminal: string) => `the ${terminal}` };

const piece = (starts: number, ends: number): Piece => ({
  block: "1" as BlockId,
  starts,
  ends,
  from: "X" as Terminal,
  to: "X" as Terminal,
  trips: [`T${starts}` as TripId],
});

const run = (id: string, ...pieces: readonly Piece[]) =>
  makeRun("S" as ServiceId, id as RunId, "A" as LineCode, pieces, { ...usualLimits, report: 0, clear: 0 });

const on = (day: string, ...pieces: readonly Piece[]) =>
  workOn(run("A-001", ...pieces), parseDate(day, "day"), setting);

describe("given a run, its duty on a date", () => {
  test("counts from noon less 12 hours, on the days when the clocks change too", () => {
    expect(String(on("2026-03-29", piece(30, 60)).starts)).toBe("2026-03-28T22:30:00Z");
    expect(String(on("2026-10-25", piece(30, 60)).starts)).toBe("2026-10-24T23:30:00Z");
    expect(String(on("2026-03-28", piece(1500, 1620)).ends)).toBe("2026-03-29T02:00:00Z");
  });

  test("report and clear lie around the pieces, the breaks between them are not work", () => {
    const work = workOn(
      makeRun("S" as ServiceId, "A-001" as RunId, "A" as LineCode, [piece(360, 600), piece(640, 900)], usualLimits),
      parseDate("2026-11-21", "day"),
      setting,
    );
    expect([String(work.starts), String(work.ends), work.workMinutes]).toEqual([
      "2026-11-21T04:45:00Z",
      "2026-11-21T14:10:00Z",
      15 + 240 + 260 + 10,
    ]);
    const hours = work.pieces.map(({ starts, ends }) => [String(starts), String(ends)]);
    expect(hours).toEqual([
      ["2026-11-21T04:45:00Z", "2026-11-21T09:00:00Z"],
      ["2026-11-21T09:40:00Z", "2026-11-21T14:10:00Z"],
    ]);
    expect(work.pieces[0]).toMatchObject({ startPlace: "the X", endPlace: "the X", trips: 1 });
  });

  test("no clock change makes or loses a minute, in any zone, across midnight too", () => {
    const days = fc.integer({ min: 0, max: 365 }).map((day) => parseDate("2026-01-01", "day").add({ days: day }));
    const zones = fc.constantFrom(
      "Europe/Paris",
      "America/Los_Angeles",
      "Australia/Lord_Howe",
      "Asia/Tehran",
      "America/Santiago",
    );
    const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(days, zones, fc.integer({ min: 0, max: 1800 }), lengths, (date, zone, starts, lengths) => {
        let at = starts;
        const pieces = lengths.map((length) => {
          const each = piece(at, at + length);
          at += length + 30;
          return each;
        });
        const work = workOn(run("A-001", ...pieces), date, { ...setting, zone });
        const driven = work.pieces.reduce((sum, { starts, ends }) => sum + minutesBetween(starts, ends), 0);
        expect(driven).toBe(work.workMinutes);
        expect(minutesBetween(work.starts, work.ends)).toBe(work.workMinutes + 30 * (lengths.length - 1));
      }),
    );
  });
});

const dutyOf = (work: PlannedWork): Duty => ({ ...work, id: newId<DutyId>(), version: 1 as Version });

describe("given duties that stand, when the work that is wanted changes", () => {
  const day = parseDate("2026-11-23", "day");
  const longBefore = parseInstant("2026-11-01T00:00:00Z", "now");
  const work = (id: string, ...pieces: readonly Piece[]) => workOn(run(id, ...pieces), day, setting);
  const early = work("A-001", piece(300, 600));
  const late = work("A-002", piece(900, 1200));
  const counts = (changes: ReturnType<typeof dutyChanges>) =>
    Object.fromEntries(Object.entries(changes).map(([name, list]) => [name, list.length]));

  test("what is the same stays, what differs changes, what is gone is withdrawn, what is new is planned", () => {
    const standing = [early, late, work("A-003", piece(900, 1200))].map(dutyOf);
    const changes = dutyChanges(
      standing,
      [early, work("A-002", piece(900, 1201)), work("A-004", piece(1, 2))],
      longBefore,
    );
    expect(changes.same.map(({ run }) => run)).toEqual(["A-001"]);
    expect(changes.changed.map(({ duty, work }) => [duty.run, work.workMinutes])).toEqual([["A-002", 301]]);
    expect(changes.withdrawn.map(({ run }) => run)).toEqual(["A-003"]);
    expect(changes.planned.map(({ run }) => run)).toEqual(["A-004"]);
    expect(changes.underWay).toEqual([]);
  });

  test("work that moves to another depot is withdrawn and planned anew", () => {
    const moved = { ...early, depot: newId<DepotId>() };
    expect(counts(dutyChanges([dutyOf(early)], [moved], longBefore))).toMatchObject({
      planned: 1,
      withdrawn: 1,
      changed: 0,
    });
  });

  test("another place at the same hours is a change", () => {
    const [first] = early.pieces;
    const other = { ...early, pieces: first ? [{ ...first, endPlace: "elsewhere" }] : [] };
    expect(counts(dutyChanges([dutyOf(early)], [other], longBefore))).toMatchObject({ changed: 1, same: 0 });
  });

  test("a duty that has begun is left as it is", () => {
    const changes = dutyChanges([early, late].map(dutyOf), [], early.starts);
    expect(changes.underWay.map(({ run }) => run)).toEqual(["A-001"]);
    expect(changes.withdrawn.map(({ run }) => run)).toEqual(["A-002"]);
  });

  test("planning once more changes nothing", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const works = (numbers: readonly number[]) =>
          numbers.map((number) => work(`A-${number}`, piece(number, number + 60)));
        const standing = works(before).map(dutyOf);
        const { planned, same, withdrawn } = dutyChanges(standing, works(after), longBefore);
        expect(planned.length + same.length).toBe(after.length);
        expect(withdrawn.length + same.length).toBe(before.length);
        const next = [...same, ...planned.map(dutyOf)];
        expect(counts(dutyChanges(next, works(after), longBefore))).toMatchObject({
          planned: 0,
          changed: 0,
          withdrawn: 0,
          same: after.length,
        });
      }),
    );
  });
});
