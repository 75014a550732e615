import { onServer } from "@headway/testkit/databases";
import type { EmbeddedPostgres } from "@headway/testkit/embedded-postgres";
import { chanceOf } from "headway/demo/chance";
import type { Figure, FigureSettings, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { quantile } from "../frame/spread.ts";
import { type GrownMetro, grow, type Operation, operations } from "./growth/metro.ts";
import { startForBuilding } from "./growth/server.ts";
import { drawing, timeCalls } from "./growth/time-calls.ts";

const sizes = [2_000, 20_000, 200_000] as const;
/** Calls of each operation in a repeat; the sizes take turns, so that a slow moment of the machine is everybody's. */
const turns = 6;
const callsInTurn = 50;
const warmUp = 30;

/** From 2,000 to 200,000 drivers with a month of roster: what the calls of a working day take. */
export const growth: Figure = (settings) =>
  inFolder(async (folder) => {
    const server = await startForBuilding(folder);
    try {
      return await measureOn(server, settings);
    } finally {
      await server.stop();
    }
  });

const measureOn = async (server: EmbeddedPostgres, settings: FigureSettings): Promise<readonly Measurement[]> => {
  const metros: GrownMetro[] = [];
  try {
    for (const drivers of sizes) {
      const began = performance.now();
      metros.push(await grow(server, drivers));
      settings.say(`${drivers} drivers stand after ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    // What was built is on disk before anything is measured.
    await onServer(server.url, (client) => client.query("checkpoint"));
    return await measure(metros, settings);
  } finally {
    for (const metro of metros) await metro.stop();
  }
};

/** One operation in one metro, and what was measured of it, a value a repeat. */
type Series = {
  readonly metro: GrownMetro;
  readonly draw: (count: number) => readonly number[];
  readonly median: number[];
  readonly p99: number[];
  /** The median of the same calls a second time, when the database has their pages in memory; none where they change something. */
  readonly again: number[];
};

const measure = async (
  metros: readonly GrownMetro[],
  { repeats, seed, say }: FigureSettings,
): Promise<readonly Measurement[]> => {
  const all = new Map(operations.map((operation) => [operation, metros.map((metro) => seriesOf(metro, seed))]));
  for (const [operation, series] of all)
    for (const { metro, draw } of series) await timeCalls(metro, operation, draw(warmUp));
  for (let repeat = 1; repeat <= repeats; repeat++)
    for (const [operation, series] of all) {
      await repeatOnce(operation, series);
      const told = series.map(({ metro, median }) => `${metro.drivers}: ${median.at(-1)?.toFixed(2)}`).join(", ");
      say(`repeat ${repeat}, ${operation}, ms by drivers: ${told}`);
    }
  return [...all].flatMap(([operation, series]) => toMeasurements(operation, series));
};

const seriesOf = (metro: GrownMetro, seed: number): Series => ({
  metro,
  draw: drawing(metro.drivers, chanceOf(seed, metro.drivers).share),
  median: [],
  p99: [],
  again: [],
});

const repeatOnce = async (operation: Operation, series: readonly Series[]): Promise<void> => {
  const times = series.map(() => ({ first: [] as number[], again: [] as number[] }));
  for (let turn = 0; turn < turns; turn++)
    for (const [place, { metro, draw }] of series.entries()) {
      const drivers = draw(callsInTurn);
      times[place]?.first.push(...(await timeCalls(metro, operation, drivers)));
      if (operation !== "assign") times[place]?.again.push(...(await timeCalls(metro, operation, drivers)));
    }
  for (const [place, { median, p99, again }] of series.entries()) {
    const taken = times[place] ?? { first: [], again: [] };
    median.push(quantile(taken.first, 0.5));
    p99.push(quantile(taken.first, 0.99));
    if (taken.again.length > 0) again.push(quantile(taken.again, 0.5));
  }
};

const toMeasurements = (operation: Operation, series: readonly Series[]): readonly Measurement[] => {
  const [small, middle, large] = series;
  if (!small || !middle || !large) throw new Error("Growth needs three sizes.");
  return [
    {
      unit: "ms",
      name: `${operation} at 200,000 drivers, median`,
      goal: { of: "ratio", is: "at most", value: 1.3 },
      ours: large.median,
      peer: { name: "at 2,000 drivers", values: small.median },
      note: `At 20,000 drivers ${quantile(middle.median, 0.5).toFixed(2)} ms.`,
    },
    {
      unit: "ms",
      name: `${operation} at 200,000 drivers, p99`,
      goal: { of: "ratio", is: "at most", value: 1.3 },
      ours: large.p99,
      peer: { name: "at 2,000 drivers", values: small.p99 },
    },
    ...(large.again.length > 0
      ? [
          {
            unit: "ms",
            name: `${operation} at 200,000 drivers, the same again, median`,
            goal: null,
            ours: large.again,
            peer: { name: "at 2,000 drivers", values: small.again },
            note: "The same calls a second time: what is left is not the reading of cold pages.",
          },
        ]
      : []),
  ];
};
