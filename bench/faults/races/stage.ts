import { parseDate } from "@headway/kernel/time";
import { makeFeed } from "headway/demo/feed";
import { makeMetro } from "headway/demo/metro";
import { type HeadwayChild, startChild } from "headway/host/child";
import { cutWork } from "headway/rehearse/cut-work";
import type { Duty } from "headway/rehearse/duty";
import { answerOf, connect, everyPage, type Headway, once, type Schemas } from "headway/rehearse/headway";
import { dayStart, instantOf } from "headway/rehearse/minute";
import { linesOf, openDepots, planDepots } from "headway/rehearse/open-depots";
import { hireDrivers, limits } from "headway/rehearse/prepare";
import { publishRoster } from "headway/rehearse/publish-rosters";
import { quiet } from "headway/rehearse/quiet";
import { takeZip } from "headway/rehearse/take-feed";
import { postgresOf } from "../../frame/postgres-of.ts";

/** A Headway of its own, in which the first two days are rostered and published, and each of the others is a draft. */
export type Stage = {
  readonly headway: Headway;
  readonly url: string;
  readonly key: string;
  readonly postgresUrl: string;
  readonly zone: string;
  readonly depots: readonly string[];
  readonly drivers: readonly string[];
  readonly duties: readonly Duty[];
  readonly published: readonly string[];
  readonly drafts: readonly Schemas["Roster"][];
  readonly payPeriod: Schemas["PayPeriod"];
  /** The minute at which the races begin, before the first day. */
  readonly begins: number;
  readonly end: () => Promise<void>;
};

const zone = "Europe/Paris";
const firstDay = parseDate("2026-03-27", "the first day");
/** With the night in which the clocks go forward, 29 March 2026. */
const days = 4;
const publishedDays = 2;
const silent = { phase: () => ({ advance: () => {}, end: () => {} }) };

/** In a folder of its own. Takes about 15 s. */
export const openStage = async (seed: number, folder: string): Promise<Stage> => {
  const child = await startChild({ folder, asked: ["start", "--empty", "--rehearsal"] });
  const end = (): Promise<void> => child.end("SIGTERM");
  try {
    return { ...(await prepare(child, seed)), postgresUrl: await postgresOf(folder), end };
  } catch (error) {
    await end();
    throw error;
  }
};

const prepare = async ({ url, key }: HeadwayChild, seed: number) => {
  const headway = connect(url, key);
  const begins = dayStart(firstDay, zone) - 60;
  await headway.PUT("/clock", { body: { at: instantOf(begins - 36 * 60) } });
  const { feed, depots, work } = await plan(headway);
  await hireDrivers(
    { url, headway, progress: silent },
    { seed, from: firstDay, days, feed: "", out: "" },
    work,
    depots,
  );
  const drivers = await everyPage(async (page) =>
    answerOf(await headway.GET("/employees", { params: { query: page } })),
  );
  const rosters = await Promise.all(depots.map(({ id }) => publishRoster(headway, id, spanOf(0, publishedDays))));
  const drafts: Schemas["Roster"][] = [];
  for (const { id } of depots)
    for (let day = publishedDays; day < days; day++) drafts.push(await openRoster(headway, id, day));
  const paid = { firstDay: feed.from, lastDay: feed.from };
  const payPeriod = answerOf(await headway.POST("/pay-periods", { params: { header: once() }, body: paid }));
  await quiet(headway);
  return {
    headway,
    url,
    key,
    zone,
    depots: depots.map(({ id }) => id),
    drivers: drivers.map(({ id }) => id),
    duties: work.duties,
    published: rosters.map(({ id }) => id),
    drafts,
    payPeriod,
    begins,
  };
};

const plan = async (headway: Headway) => {
  const metro = makeMetro(1, zone);
  const zip = await makeFeed(1, { ...metro, routes: metro.routes.slice(-1) }, firstDay);
  const feed = await takeZip(headway, "one-line.zip", new Blob([new Uint8Array(zip)]), silent.phase());
  const depots = await openDepots(headway, feed, planDepots(await linesOf(headway, feed.id)));
  const work = await cutWork(headway, feed.id, spanOf(0, days), limits);
  await quiet(headway);
  return { feed: { from: firstDay.toString() }, depots, work };
};

const spanOf = (from: number, count: number) => ({
  from: firstDay.add({ days: from }),
  to: firstDay.add({ days: from + count - 1 }),
});

const openRoster = async (headway: Headway, depotId: string, day: number): Promise<Schemas["Roster"]> => {
  const { from, to } = spanOf(day, 1);
  const body = { depotId, firstDay: from.toString(), lastDay: to.toString() };
  return answerOf(await headway.POST("/rosters", { params: { header: once() }, body }));
};
