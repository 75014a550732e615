import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startChild } from "headway/host/child";
import { connect } from "headway/rehearse/headway";
import { takeFeed } from "headway/rehearse/take-feed";
import type { Figure, FigureSettings } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { highestMiB, residentMiB } from "../frame/machine.ts";
import { writeBigFeed } from "./import/big-feed.ts";

const stopTimes = 1_000_000;
/** Milliseconds until a process that has started is idle. */
const settles = 10_000;
const silent = { advance: () => {}, end: () => {} };

/** A timetable of a million stop times, handed in over the API of a single process: how long it takes, and the most memory above idle. */
export const bigImport: Figure = (settings) =>
  inFolder(async (folder) => {
    const feed = join(folder, "million.zip");
    await writeBigFeed(feed, stopTimes);
    const runs: Run[] = [];
    for (let repeat = 0; repeat < settings.repeats; repeat++)
      runs.push(await once(join(folder, `data-${repeat}`), feed, settings));
    return [
      {
        name: "a million stop times",
        unit: "s",
        goal: null,
        ours: runs.map(({ seconds }) => seconds),
        peer: null,
        note: "From the upload until the timetable can be used; 20,000 trips of 50 calls.",
      },
      {
        name: "most memory above idle",
        unit: "MiB",
        goal: { of: "ours", is: "at most", value: 300 },
        ours: runs.map(({ mostMiB }) => mostMiB),
        peer: null,
        note: `Idle is ${runs.map(({ idleMiB }) => idleMiB.toFixed(0)).join(", ")} MiB.`,
      },
    ];
  });

type Run = { readonly seconds: number; readonly idleMiB: number; readonly mostMiB: number };

const once = async (folder: string, feed: string, { say }: FigureSettings): Promise<Run> => {
  const headway = await startChild({ folder, asked: ["start", "--empty"] });
  try {
    await pause(settles);
    const idleMiB = residentMiB(headway.pid);
    // The highest mark begins anew (proc(5), clear_refs).
    await writeFile(`/proc/${headway.pid}/clear_refs`, "5");
    const began = performance.now();
    await takeFeed(connect(headway.url, headway.key), feed, silent);
    const run = { seconds: (performance.now() - began) / 1000, idleMiB, mostMiB: highestMiB(headway.pid) - idleMiB };
    say(`${run.seconds.toFixed(1)} s, ${run.mostMiB.toFixed(0)} MiB above ${idleMiB.toFixed(0)} MiB`);
    return run;
  } finally {
    await headway.end("SIGTERM");
  }
};
