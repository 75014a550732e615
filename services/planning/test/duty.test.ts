import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import { newId } from "@headway/kernel/ids";
import { minutesBetween, parseDate, parseInstant } from "@headway/kernel/time";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Duty, type PlannedWork, workOn } from "../src/model/duty/duty.ts";
import { type DutyChanges, dutyChanges } from "../src/model/duty/duty-changes.ts";
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

const counts = (changes: DutyChanges) =>
  Object.fromEntries(Object.entries(changes).map(([name, list]) => [name, list.length]));

const dutyOf = (work: PlannedWork): Duty => ({ ...work, id: newId<DutyId>(), version: 1 as Version });

describe("given duties that stand, when the work that is wanted changes", () => {
  const day = parseDate("2026-11-23", "day");
  const longBefore = parseInstant("2026-11-01T00:00:00Z", "now");
  const work = (id: string, ...pieces: readonly Piece[]) => workOn(run(id, ...pieces), day, setting);
  const early = work("A-001", piece(300, 600));
  const late = work("A-002", piece(900, 1200));

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

describe("given a day that has begun, when it is planned again", () => {
  const day = parseDate("2026-11-23", "day");
  const noon = parseInstant("2026-11-23T12:00:00Z", "now");
  const north = newId<DepotId>();
  const south = newId<DepotId>();
  const hourly = (first: number, last: number) =>
    Array.from({ length: last - first }, (_, at) => piece((first + at) * 60, (first + at + 1) * 60));
  const work = (id: string, pieces: readonly Piece[], depot = north) =>
    workOn(run(id, ...pieces), day, { ...setting, zone: "Etc/UTC", depot });
  const at = (depot: DepotId) => [
    work("A-001", hourly(5, 8), depot),
    work("A-002", hourly(8, 13), depot),
    work("A-003", hourly(15, 20), depot),
  ];
  const standing = at(north).map(dutyOf);
  const otherLine = { ...work("B-001", hourly(6, 7)), line: "B" as LineCode, trips: ["B6" as TripId] };
  const names = (duties: readonly PlannedWork[]) =>
    duties.map(({ depot, run }) => `${run}${depot === south ? "@south" : ""}`);
  const told = ({ planned, changed, withdrawn, same, underWay }: DutyChanges) => ({
    planned: names(planned),
    changed: names(changed.map(({ work }) => work)),
    withdrawn: names(withdrawn),
    same: names(same),
    underWay: names(underWay),
  });
  const nothing = { planned: [], changed: [], withdrawn: [], same: [], underWay: [] };

  test.each<[string, readonly PlannedWork[], Partial<ReturnType<typeof told>>]>([
    [
      "the line moves to another depot",
      at(south),
      { planned: ["A-003@south"], withdrawn: ["A-003"], underWay: ["A-001", "A-002"] },
    ],
    [
      "runs are cut anew, and none mixes what has begun with what has not",
      [work("A-101", hourly(5, 10)), work("A-102", hourly(10, 13)), work("A-103", hourly(15, 20))],
      { planned: ["A-103"], withdrawn: ["A-003"], underWay: ["A-001", "A-002"] },
    ],
    [
      "runs are cut anew under the same names",
      [work("A-001", hourly(5, 9)), work("A-002", hourly(9, 13)), work("A-003", hourly(15, 20))],
      { same: ["A-003"], underWay: ["A-001", "A-002"] },
    ],
    [
      "a new cut mixes what has begun with what has not: both wait",
      [
        work("A-001", hourly(5, 8)),
        work("A-002", hourly(8, 12)),
        work("A-003", [...hourly(12, 13), ...hourly(15, 20)]),
      ],
      { same: ["A-001"], underWay: ["A-002", "A-003"] },
    ],
    ["the timetable loses what has begun and what has not", [], { withdrawn: ["A-003"], underWay: ["A-001", "A-002"] }],
    [
      "trips come beside the same duties",
      [...at(north), work("A-004", hourly(20, 22))],
      { planned: ["A-004"], same: ["A-001", "A-002", "A-003"] },
    ],
    [
      "another line comes, also for the hours that are over",
      [...at(north), otherLine],
      { planned: ["B-001"], same: ["A-001", "A-002", "A-003"] },
    ],
  ])("%s", (_, wanted, expected) => {
    expect(told(dutyChanges(standing, wanted, noon))).toEqual({ ...nothing, ...expected });
  });

  test("the first plan of a day makes all its duties, also of a day that is over", () => {
    const later = parseInstant("2026-12-01T00:00:00Z", "now");
    expect(names(dutyChanges([], at(north), later).planned)).toEqual(["A-001", "A-002", "A-003"]);
  });

  test.each<[string, readonly PlannedWork[]]>([
    ["a run that mixes them with begun ones", [work("A-001", hourly(5, 8)), work("A-002", hourly(8, 14))]],
    ["a run of their own, where the rest moves", [...at(south), work("A-004", hourly(20, 22), south)]],
    ["all, since the service has another name", at(north).map((each) => ({ ...each, service: "T" as ServiceId }))],
  ])("trips that no duty holds are refused where the line has begun otherwise: %s", (_, wanted) => {
    expect(() => dutyChanges(standing, wanted, noon)).toThrow(
      "has trips that no duty holds: plan from the next day on.",
    );
  });

  test("a feed that only names its trips anew changes nothing, and its names are known from then on", () => {
    const renamed = (works: readonly PlannedWork[]) =>
      works.map((each) => ({ ...each, trips: each.trips.map((trip) => `${trip}-new` as TripId) }));
    const changes = dutyChanges(standing, renamed(at(north)), noon);
    expect(told(changes)).toEqual({ ...nothing, same: ["A-001", "A-002", "A-003"] });
    expect(told(dutyChanges(changes.adopted, renamed(at(south)), noon))).toMatchObject({ planned: ["A-003@south"] });
  });

  test("after any cuts, moves and times each trip is in one duty, and no duty that has begun differs", () => {
    const trips = Array.from({ length: 14 }, (_, at) => piece(300 + at * 90, 360 + at * 90));
    const cut = fc.tuple(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: trips.length, maxLength: trips.length }),
      fc.constantFrom(north, south),
      fc.integer({ min: 0, max: 60 * 60 }),
    );
    const nights = fc.constantFrom("2026-03-28", "2026-10-24", "2026-11-23").map((text) => parseDate(text, "day"));
    const wantedOf = (first: typeof day, numbers: readonly number[], depot: DepotId): PlannedWork[] =>
      [first, first.add({ days: 1 })].flatMap((date) =>
        [...Map.groupBy(trips, (trip) => numbers[trips.indexOf(trip)])].map(([number, some]) =>
          workOn(run(`A-00${number}`, ...some), date, { ...setting, depot }),
        ),
      );
    const tripsOf = (duties: readonly PlannedWork[]) =>
      duties.flatMap(({ date, trips }) => trips.map((trip) => `${date} ${trip}`)).sort();
    fc.assert(
      fc.property(nights, fc.array(cut, { minLength: 1, maxLength: 5 }), (first, cuts) => {
        const opens = parseInstant(`${first}T00:00:00Z`, "now");
        let duties: readonly Duty[] = [];
        for (const [numbers, depot, minutes] of cuts) {
          const now = opens.add({ minutes });
          const wanted = wantedOf(first, numbers, depot);
          const changes = dutyChanges(duties, wanted, now);
          const next = [
            ...changes.same,
            ...changes.underWay,
            ...changes.changed.map(({ duty, work }) => ({ ...duty, ...work })),
            ...changes.planned.map(dutyOf),
          ];
          expect(tripsOf(next)).toEqual(tripsOf(wanted));
          const begun = duties.filter(({ starts }) => starts.epochMilliseconds <= now.epochMilliseconds);
          expect(next).toEqual(expect.arrayContaining(begun));
          expect(counts(dutyChanges(next, wanted, now))).toMatchObject({ planned: 0, changed: 0, withdrawn: 0 });
          duties = next;
        }
      }),
    );
  });
});
