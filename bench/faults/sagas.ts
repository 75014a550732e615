import { setTimeout as pause } from "node:timers/promises";
import { connect } from "headway/rehearse/headway";
import { quiet } from "headway/rehearse/quiet";
import { examine } from "../audit/audit.ts";
import { openDatabases } from "../audit/databases.ts";
import { toldFindings } from "../audit/finding.ts";
import { type Fault, type FaultLine, type FaultSettings, judged } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { spread } from "../frame/spread.ts";
import { closingStory } from "./sagas/closing-story.ts";
import { type Boundary, clear, holdAt } from "./sagas/hold.ts";
import { type Installation, install, type Way } from "./sagas/installation.ts";
import { leavingStory } from "./sagas/leaving-story.ts";
import { manyLinesStory } from "./sagas/many-lines-story.ts";
import { reopeningStory } from "./sagas/reopening-story.ts";
import { replacementStory } from "./sagas/replacement-story.ts";
import type { Ending, Story, Telling } from "./sagas/story.ts";
import { stumblingStory } from "./sagas/stumbling-story.ts";
import { swapStory } from "./sagas/swap-story.ts";

/** Of the first days of an installation. */
export const quickStories: readonly Story[] = [closingStory, replacementStory, swapStory, leavingStory];

/** After them, of weeks that some hundred drivers worked. */
const longStories: readonly Story[] = [manyLinesStory, reopeningStory, stumblingStory];

/** Milliseconds in which a saga must come to its next boundary, and after a kill to its end. */
const reachedWithin = 30_000;
const endedWithin = 60_000;

/**
 * Every saga is killed at each of its step boundaries, on both ways to run: its transaction is held just before the
 * commit, and its process is killed there. It must end completed or compensated; what was acknowledged, completed, and
 * whoever gave the order must not be told another thing of what was completed.
 * `tries`: how many boundaries of each saga are taken; all where it is not said.
 */
export const sagas: Fault = async (settings) => [
  await sagasOn("single process", settings, [...quickStories, ...longStories]),
  await sagasOn("ten processes", settings, [...quickStories, ...longStories]),
];

type Tally = {
  tries: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  readonly findings: string[];
  readonly recovery: number[];
};

/** The same on one of the ways to run. */
export const sagasOn = (way: Way, settings: FaultSettings, stories: readonly Story[]): Promise<FaultLine> =>
  inFolder((folder) => sagasIn(folder, way, settings, stories));

const sagasIn = async (
  folder: string,
  way: Way,
  { tries, say }: FaultSettings,
  stories: readonly Story[],
): Promise<FaultLine> => {
  const installation = await install(way, folder);
  const tally: Tally = { tries: 0, acknowledged: 0, lost: 0, doubled: 0, findings: [], recovery: [] };
  try {
    for (const story of stories)
      for (const [place, boundary] of story.boundaries.slice(0, tries ?? undefined).entries())
        say(`${way}, ${story.name}, ${told(boundary)}: ${await killAt(installation, story, boundary, place, tally)}`);
    await quiet(connect(installation.url(), installation.key));
    const checked = await examine({
      postgresUrl: await installation.postgresUrl(),
      brokers: await installation.brokers(),
    });
    tally.findings.push(...toldFindings(checked));
  } finally {
    await installation.end();
  }
  const { recovery, ...counted } = tally;
  return judged({ name: way, ...counted, disordered: null, recoveryMs: spread(recovery) });
};

const told = ({ service, table, change, when }: Boundary): string => `${service}: ${change} on ${table} when ${when}`;

const killAt = async (
  installation: Installation,
  story: Story,
  boundary: Boundary,
  place: number,
  tally: Tally,
): Promise<string> => {
  const telling = await story.begin(installation, place);
  const held = await holdAt(await installation.postgresUrl(), boundary);
  const stop = keepTime(installation);
  try {
    const ordered = telling.order();
    if (!(await held.reached(reachedWithin))) tally.findings.push(`${story.name} did not come to ${told(boundary)}.`);
    tally.tries++;
    await installation.kill(boundary.service);
    const began = performance.now();
    await held.letGo();
    await installation.revive();
    await clear(await installation.postgresUrl(), boundary);
    const acknowledged = await ordered;
    const ending = await untilEnded(installation, telling, acknowledged);
    tally.recovery.push(performance.now() - began);
    if (acknowledged) tally.acknowledged++;
    if (acknowledged && ending !== "completed") tally.lost++;
    if (ending === "both") tally.doubled++;
    if (ending === "completed" && !acknowledged)
      tally.findings.push(
        `${story.name} was completed, and its order told something else, after a kill at ${told(boundary)}.`,
      );
    if (ending === "under way") tally.findings.push(`${story.name} is stuck after a kill at ${told(boundary)}.`);
    return `${ending}${acknowledged ? "" : ", not acknowledged"}`;
  } finally {
    await held.letGo();
    await stop();
  }
};

/** What waits for the clock finds it going on: setting it runs every job. */
const keepTime = ({ line }: Installation) => {
  let going = true;
  const work = (async () => {
    while (going) {
      const { data } = await line.call((headway) => headway.GET("/clock"));
      if (data) await line.call((headway) => headway.PUT("/clock", { body: { at: data.at } }));
      await pause(500);
    }
  })();
  return async (): Promise<void> => {
    going = false;
    await work;
  };
};

const untilEnded = async (installation: Installation, { ending }: Telling, acknowledged: boolean): Promise<Ending> => {
  const db = openDatabases(await installation.postgresUrl());
  try {
    for (const until = performance.now() + endedWithin; ; await pause(100)) {
      const now = await ending(db);
      // What is seen from two databases may be halfway between them for a moment.
      if (now === "completed" || (now === "compensated" && !acknowledged) || performance.now() > until) return now;
    }
  } finally {
    await db.close();
  }
};
