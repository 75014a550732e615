import { DomainError } from "@headway/kernel/domain-error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, type BlockTrip, blocksOf } from "../src/model/block/block.ts";
import type { BlockId } from "../src/model/ids.ts";
import { greedyCutter } from "../src/model/run/greedy-cutter.ts";
import { type Run, straightSwing, swingOf } from "../src/model/run/run.ts";
import { parseLimits, type RunLimits, usualLimits } from "../src/model/run/run-limits.ts";
import { sampleFeed, zipOf } from "./feed-sample.ts";
import { blockTrips, journey } from "./journeys.ts";
import { readArchive } from "./read-archive.ts";

const limits = fc
  .record({
    maxWork: fc.integer({ min: 300, max: 720 }),
    maxSpread: fc.integer({ min: 300, max: 900 }),
    maxPiece: fc.integer({ min: 240, max: 600 }),
    minBreak: fc.integer({ min: 1, max: 60 }),
    maxBreak: fc.integer({ min: 60, max: 400 }),
    report: fc.integer({ min: 0, max: 30 }),
    clear: fc.integer({ min: 0, max: 29 }),
  })
  .map(parseLimits);

/** What a run breaks of the limits, measured from its trips and nothing that the cutter says about them. */
const broken = (run: Run, trips: ReadonlyMap<string, BlockTrip>, limits: RunLimits): string[] => {
  const pieces = run.pieces.map((piece) => {
    const own = piece.trips.flatMap((id) => trips.get(id) ?? []);
    const starts = Math.floor((own[0]?.starts ?? 0) / 60);
    const ends = Math.ceil((own.at(-1)?.ends ?? 0) / 60);
    return { piece, own, starts, ends };
  });
  const driven = pieces.reduce((sum, { starts, ends }) => sum + ends - starts, 0);
  const breaks = pieces.slice(1).map(({ starts }, at) => starts - (pieces[at]?.ends ?? 0));
  const rules: [string, boolean][] = [
    ["piece times", pieces.every(({ piece, starts, ends }) => piece.starts === starts && piece.ends === ends)],
    ["one block a piece", pieces.every(({ piece, own }) => own.every(({ block }) => block === piece.block))],
    [
      "service and line",
      pieces.every(({ own }) => own.every(({ service, line }) => service === run.service && line === run.line)),
    ],
    [
      "order within a piece",
      pieces.every(({ own }) => own.every(({ starts }, at) => starts >= (own[at - 1]?.ends ?? 0))),
    ],
    [
      "report and clear",
      run.starts === (pieces[0]?.starts ?? 0) - limits.report && run.ends === (pieces.at(-1)?.ends ?? 0) + limits.clear,
    ],
    ["work", run.work === limits.report + driven + limits.clear && run.work <= limits.maxWork],
    ["spread", run.ends - run.starts <= limits.maxSpread],
    ["piece", pieces.every(({ starts, ends }) => ends - starts <= limits.maxPiece)],
    ["break", breaks.every((minutes) => minutes >= limits.minBreak && minutes <= limits.maxBreak)],
    [
      "a straight run's break ends where it began",
      run.pieces.every(({ starts, from }, at) => {
        const before = run.pieces[at - 1];
        return !before || starts - before.ends > straightSwing || before.to === from;
      }),
    ],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
};

const fits = (trips: readonly BlockTrip[], limits: RunLimits): BlockTrip[] =>
  trips.filter(({ starts, ends }) => {
    const minutes = Math.ceil(ends / 60) - Math.floor(starts / 60);
    return (
      minutes <= Math.min(limits.maxPiece, Math.min(limits.maxWork, limits.maxSpread) - limits.report - limits.clear)
    );
  });

describe("given any blocks and limits, when cut", () => {
  test("each trip is in exactly one run, each run obeys each limit, and each is known by service and id", () => {
    fc.assert(
      fc.property(blockTrips, limits, (all, limits) => {
        const trips = fits(all, limits);
        const runs = greedyCutter(blocksOf(trips), limits);
        const driven = runs.flatMap(({ pieces }) => pieces.flatMap(({ trips }) => trips));
        expect(driven.toSorted()).toEqual(trips.map(({ id }) => id).sort());
        const byId = new Map(trips.map((trip) => [trip.id as string, trip]));
        expect(runs.flatMap((run) => broken(run, byId, limits))).toEqual([]);
        expect(new Set(runs.map(({ service, id }) => `${service} ${id}`)).size).toBe(runs.length);
      }),
      { numRuns: 200 },
    );
  });

  test("the same trips give the same runs, in whatever order they come", () => {
    fc.assert(
      fc.property(blockTrips, (trips) => {
        const ways = [trips, trips.toReversed()].map((each) =>
          greedyCutter(blocksOf(fits(each, usualLimits)), usualLimits),
        );
        expect(ways[1]).toEqual(ways[0]);
      }),
      { numRuns: 50 },
    );
  });
});

const block = (id: string, trips: readonly (readonly [starts: number, ends: number])[]): Block => {
  const own = trips.map(([starts, ends], at) => ({
    ...journey(`${id}-${at}`, at % 2 ? "Y" : "X", at % 2 ? "X" : "Y", starts * 60, ends * 60),
    block: id as BlockId,
  }));
  const [made] = blocksOf(own);
  if (!made) throw new Error("no trips");
  return made;
};

/** Trips of 60 minutes, one every 65. */
const shuttle = (id: string, starts: number, count: number): Block =>
  block(
    id,
    Array.from({ length: count }, (_, at) => [starts + at * 65, starts + at * 65 + 60] as const),
  );

const shape = ({ id, starts, ends, work, pieces }: Run) => [id, starts, ends, work, pieces.map(({ block }) => block)];

describe("given a few blocks by hand", () => {
  test("a short block is one run", () => {
    expect(greedyCutter([shuttle("1", 300, 4)], usualLimits).map(shape)).toEqual([["A-001", 285, 565, 280, ["1"]]]);
  });

  test("two halves with a short break between them are one straight run, whatever the vehicle", () => {
    const runs = greedyCutter([shuttle("1", 300, 4), shuttle("2", 600, 4)], usualLimits);
    expect(runs.map(shape)).toEqual([["A-001", 285, 865, 535, ["1", "2"]]]);
    expect(runs.map(swingOf)).toEqual([45]);
  });

  test("the two peaks make a split run within the spread", () => {
    const runs = greedyCutter([shuttle("1", 360, 3), shuttle("2", 780, 3)], usualLimits);
    expect(runs.map(shape)).toEqual([["A-001", 345, 980, 405, ["1", "2"]]]);
    expect(greedyCutter([shuttle("1", 360, 3), shuttle("2", 900, 3)], usualLimits)).toHaveLength(2);
  });

  test("a vehicle that stands for hours keeps no driver", () => {
    const [run] = greedyCutter(
      [
        block("1", [
          [300, 420],
          [540, 660],
        ]),
      ],
      usualLimits,
    );
    expect([run?.work, run?.pieces.length]).toEqual([265, 2]);
  });

  test("no more than 999 runs need no more than three digits, and more get four", () => {
    const blocks = Array.from({ length: 1001 }, (_, at) => block(`${at}`, [[600, 600 + 240]]));
    const ids = greedyCutter(blocks, usualLimits).map(({ id }) => id);
    expect([ids.at(0), ids.at(-1)]).toEqual(["A-001", "A-1001"]);
  });

  test("a trip too long for any run is refused by name, with all others like it", () => {
    const blocks = [
      shuttle("1", 300, 4),
      block("2", [[300, 631]]),
      block("3", [
        [300, 630],
        [640, 971],
      ]),
    ];
    const refusal = () => greedyCutter(blocks, usualLimits);
    expect(refusal).toThrow(
      "Trip 2-0 of block 2 (service S) takes 331 min; the limits leave 330 min between two breaks.",
    );
    try {
      refusal();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      expect([error.slug, error.findings.map(({ message }) => message.slice(0, 8))]).toEqual([
        "run-cut.impossible",
        ["Trip 2-0", "Trip 3-1"],
      ]);
    }
  });

  test("limits that contradict each other are refused", () => {
    expect(() => parseLimits({ ...usualLimits, minBreak: 301 })).toThrow("The shortest break");
    expect(() => parseLimits({ ...usualLimits, report: 530 })).toThrow("leave no minute to drive");
    expect(() => parseLimits({ ...usualLimits, maxWork: 0 })).toThrow("maxWork");
  });
});

describe("given a metro's whole day", () => {
  test("it needs hardly more runs than its hours divided by the most work of one, with or without blocks in the feed", async () => {
    const line = { stops: ["P", "Q", "R", "S", "T", "U"], hop: 9, layover: 7, headway: 6, first: 270, last: 1500 };
    for (const blocks of [true, false]) {
      const { feed } = await readArchive(zipOf(sampleFeed({ lines: [{ code: "M2", ...line }], blocks })));
      const vehicles = blocksOf(feed?.trips ?? []);
      const minutes = vehicles.reduce(
        (sum, { trips }) => sum + ((trips.at(-1)?.ends ?? 0) - (trips[0]?.starts ?? 0)) / 60,
        0,
      );
      const least = minutes / (usualLimits.maxWork - usualLimits.report - usualLimits.clear);
      const runs = greedyCutter(vehicles, usualLimits);
      expect(runs.length).toBeGreaterThanOrEqual(least);
      expect(runs.length).toBeLessThan(least * 1.25);
      expect(runs.filter((run) => swingOf(run) <= straightSwing).length).toBeGreaterThan(runs.length / 2);
    }
  });

  test("600 vehicles on one line are cut while one waits", () => {
    const blocks = Array.from({ length: 600 }, (_, at) => shuttle(`${at}`, 240 + (at % 60), 16));
    const begun = performance.now();
    expect(greedyCutter(blocks, usualLimits).length).toBeGreaterThan(1000);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
