import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Temporal } from "@headway/kernel/time";
import { type EmbeddedPostgres, startPostgres } from "@headway/testkit/embedded-postgres";
import { makeFeed } from "headway/demo/feed";
import { makeMetro } from "headway/demo/metro";
import { startChild } from "headway/host/child";
import { connect } from "headway/rehearse/headway";
import { rehearse } from "headway/rehearse/rehearse";

const from = Temporal.PlainDate.from("2022-10-10");
const days = 2;
/** So many times rarer than the demo metro's trains are these: enough for late and missing drivers and a few replacements. */
const rarer = 12;

const silent = { phase: () => ({ advance: () => {}, end: () => {} }) };

/**
 * Lives through two days of a small timetable, from the feed to the payroll file, and ends that Headway. Answers its
 * PostgreSQL, started alone: nothing writes there any more but who planted something.
 */
export const livedThrough = async (folder: string): Promise<EmbeddedPostgres> => {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const headway = await startChild({ folder: data, asked: ["start", "--empty", "--rehearsal"] });
  try {
    const feed = join(folder, "feed.zip");
    await writeFile(feed, await smallFeed());
    const rehearsal = { feed, from, days, seed: 1, out: join(folder, "payroll.csv") };
    const stage = { url: headway.url, headway: connect(headway.url, headway.key), progress: silent };
    const { checks } = await rehearse(rehearsal, stage);
    const failed = checks.filter(({ holds }) => !holds);
    if (failed.length > 0) throw new Error(failed.map(({ name, detail }) => `${name}: ${detail}`).join("; "));
  } finally {
    await headway.end("SIGTERM");
  }
  return startPostgres({ folder: join(data, "postgres"), durable: false });
};

const smallFeed = (): Promise<Uint8Array> => {
  const metro = makeMetro(1, "Europe/Paris");
  const routes = metro.routes.slice(-1).map((route) => ({ ...route, headwayFactor: route.headwayFactor * rarer }));
  return makeFeed(1, { ...metro, routes }, from);
};
