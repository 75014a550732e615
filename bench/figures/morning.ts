import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "headway/demo/chance";
import type { Figure, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { residentMiB } from "../frame/machine.ts";
import { quantile } from "../frame/spread.ts";
import { type SignedOn, signOn } from "./morning/driver-app.ts";
import { type MorningStage, setUp } from "./morning/stage.ts";
import { processorSeconds } from "./morning/usage.ts";
import { type Watcher, watch } from "./morning/watcher.ts";

const size = { depots: 4, driversPerDepot: 500, dispatchers: 40 } as const;
const drivers = size.depots * size.driversPerDepot;
/** Half an hour, 60 times as fast. */
const seconds = 30;
/** How long a message may be on its way before it counts as dropped (milliseconds). */
const patience = 10_000;

/** What one morning was like; times in milliseconds. */
type Morning = {
  readonly call: { readonly median: number; readonly p99: number };
  readonly lag: { readonly median: number; readonly p99: number };
  readonly dropped: number;
  /** Processor time of the process, in cores while the drivers come, and in milliseconds a sign-on with all that it sets off. */
  readonly share: number;
  readonly each: number;
  readonly memory: number;
};

/** 2,000 drivers sign on within half a minute while 40 dispatchers watch. */
export const morning: Figure = async ({ repeats, seed, say }) => {
  const mornings: Morning[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const lived = await live(seed + repeat, say);
    mornings.push(lived);
    say(
      `repeat ${repeat}: ${JSON.stringify(lived, (_, value) => (typeof value === "number" ? Number(value.toFixed(1)) : value))}`,
    );
  }
  return toMeasurements(mornings);
};

const live = (seed: number, say: (line: string) => void): Promise<Morning> =>
  inFolder(async (folder) => {
    const stage = await setUp(folder, size);
    try {
      return await rush(stage, seed, say);
    } finally {
      await stage.headway.end("SIGTERM");
    }
  });

const rush = async (
  { headway, day, atWork, rest }: MorningStage,
  seed: number,
  say: (line: string) => void,
): Promise<Morning> => {
  const watchers = await Promise.all(
    Array.from({ length: size.dispatchers }, (_, dispatcher) => watch(headway.url, dispatcher, size.depots, day)),
  );
  const [began, used] = [performance.now(), processorSeconds(headway.pid)];
  const signings = await signAllOn(headway.url, seed, say);
  const share = (processorSeconds(headway.pid) - used) / ((performance.now() - began) / 1000);
  const memory = residentMiB(headway.pid);
  await until(() => missing(watchers, signings) === 0, patience);
  await rest();
  const each = ((processorSeconds(headway.pid) - used) * 1000) / signings.length;
  const shown = await Promise.all(Array.from({ length: size.depots }, (_, depot) => atWork(depot)));
  const notShown = signings.length - shown.reduce((sum, count) => sum + count, 0);
  const [took, lags] = [signings.map(({ took }) => took), lagsOf(watchers, signings)];
  for (const { close } of watchers) close();
  return {
    call: { median: quantile(took, 0.5), p99: quantile(took, 0.99) },
    lag: { median: quantile(lags, 0.5), p99: quantile(lags, 0.99) },
    dropped: drivers - signings.length + missing(watchers, signings) + Math.abs(notShown),
    share,
    each,
    memory,
  };
};

/** Every driver comes a little before or after their place in the queue. */
const signAllOn = async (url: string, seed: number, say: (line: string) => void): Promise<readonly SignedOn[]> => {
  const { share } = chanceOf(seed);
  const began = performance.now();
  const comes = Array.from({ length: drivers }, (_, place) =>
    Math.min(Math.max(place + 50 * (share() - 0.5), 0), drivers - 1),
  );
  const outcomes = await Promise.allSettled(
    comes.map(async (place, turn) => {
      await pause(Math.max(0, began + (place / drivers) * seconds * 1000 - performance.now()));
      return signOn(url, numberOf(turn));
    }),
  );
  const failed = outcomes.filter((outcome) => outcome.status === "rejected");
  for (const { reason } of failed.slice(0, 3)) say(`not signed on: ${String(reason)}`);
  return outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
};

/** Whose duty starts as the so-manieth: the depots take turns. */
const numberOf = (turn: number): number => (turn % size.depots) * size.driversPerDepot + Math.floor(turn / size.depots);

const seenBy = ({ depot }: Watcher, { number }: SignedOn): boolean =>
  Math.floor(number / size.driversPerDepot) === depot;

/** How many sign-ons a watcher of their depot has not been told. */
const missing = (watchers: readonly Watcher[], signings: readonly SignedOn[]): number =>
  watchers.reduce(
    (sum, watcher) =>
      sum + signings.filter((signing) => seenBy(watcher, signing) && !watcher.told.has(signing.driver)).length,
    0,
  );

/** From each acknowledgement until each watcher was told; 0 where the watcher was first. */
const lagsOf = (watchers: readonly Watcher[], signings: readonly SignedOn[]): readonly number[] =>
  watchers.flatMap((watcher) =>
    signings.flatMap((signing) => {
      const told = watcher.told.get(signing.driver);
      return told === undefined || !seenBy(watcher, signing) ? [] : [Math.max(0, told - signing.acknowledged)];
    }),
  );

const until = async (holds: () => boolean, within: number): Promise<void> => {
  const end = performance.now() + within;
  while (!holds() && performance.now() < end) await pause(100);
};

const toMeasurements = (mornings: readonly Morning[]): readonly Measurement[] => {
  const of = (name: string, unit: string, read: (morning: Morning) => number): Measurement => ({
    name: name,
    unit,
    goal: null,
    ours: mornings.map(read),
    peer: null,
  });
  const within = { of: "ours", is: "at most", value: 1_000 } as const;
  // One that is lost in one repeat is lost: the middle would hide it.
  const dropped = Math.max(...mornings.map((morning) => morning.dropped));
  return [
    { ...of("a driver's sign-on, p99", "ms", ({ call }) => call.p99), goal: within, note },
    of("a driver's sign-on, median", "ms", ({ call }) => call.median),
    { ...of("from the answer to a dispatcher's screen, p99", "ms", ({ lag }) => lag.p99), goal: within },
    of("from the answer to a dispatcher's screen, median", "ms", ({ lag }) => lag.median),
    {
      ...of("dropped", "calls and messages", () => dropped),
      goal: { of: "ours", is: "at most", value: 0 },
      note: "Sign-ons that failed, sign-ons that a watching dispatcher of the depot was not told, and those that the boards do not show at the end; of all repeats together, the worst.",
    },
    of("processor time of the one process", "cores", ({ share }) => share),
    of("processor time of the one process for a sign-on", "ms", ({ each }) => each),
    of("memory of the one process at its end", "MiB", ({ memory }) => memory),
  ];
};

const note =
  "2,000 drivers of 4 depots, already logged in, each open the app (next duty) and sign on, each on a connection of their own, within 30 s; 40 dispatchers, 10 a depot, hear their depot's day over WebSocket. The screens' own fetches are left out: compressed 60 times they would be 60 times as many.";
