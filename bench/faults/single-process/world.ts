import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Temporal } from "@headway/kernel/time";
import { makeFeed } from "headway/demo/feed";
import { makeMetro } from "headway/demo/metro";
import { answerOf, type Headway, once } from "headway/rehearse/headway";
import { hireDrivers, makeWork, takeTimetable } from "headway/rehearse/prepare";
import { type Assignment, assignmentsOf, publishRoster } from "headway/rehearse/publish-rosters";
import { quiet } from "headway/rehearse/quiet";

/** An assignment of one client's own; it changes with each turn. */
export type OwnDuty = { readonly duty: string; readonly driver: string; assignment: string; version: number };

/** A driver's duty on the day that is being worked. */
export type DayWork = {
  readonly duty: string;
  readonly driver: string;
  readonly starts: string;
  readonly ends: string;
};

/** What there is before the first kill. */
export type World = {
  readonly depot: string;
  /** Of the first day: to be signed on and off. */
  readonly today: readonly DayWork[];
  /** Of the second day, which is activated too: to be taken from their drivers, and covered. */
  readonly tomorrow: readonly OwnDuty[];
  /** Of the days after: to be released and assigned again. */
  readonly later: readonly OwnDuty[];
  /** Among how many clients these are shared out. */
  readonly reassigning: number;
};

const from = Temporal.PlainDate.from("2022-10-10");
const days = 4;
/** So many times rarer than the demo metro's trains are these. */
const rarer = 12;
/** Before anybody's duty begins. */
export const dayBegins = Temporal.Instant.from("2022-10-10T01:00:00Z");

const silent = { phase: () => ({ advance: () => {}, end: () => {} }) };

/** A depot with a published roster of four days, the first two of them activated. */
export const makeWorld = async (headway: Headway, url: string, folder: string): Promise<World> => {
  const stage = { url, headway, progress: silent };
  const rehearsal = { feed: join(folder, "feed.zip"), from, days, seed: 1, out: "" };
  const span = { from, to: from.add({ days: days - 1 }) };
  await writeFile(rehearsal.feed, await smallFeed());
  const feed = await takeTimetable(stage, rehearsal, span);
  await reach(headway, dayBegins.subtract({ hours: 24 }));
  const { work, depots } = await makeWork(stage, feed, span);
  await hireDrivers(stage, rehearsal, work, depots);
  const [depot] = depots;
  if (!depot) throw new Error("The timetable made no depot.");
  const { id: roster } = await publishRoster(headway, depot.id, span);
  await quiet(headway);
  await reach(headway, dayBegins);
  for (const serviceDate of [from, from.add({ days: 1 })])
    answerOf(
      await headway.POST("/depots/{depotId}/days/{serviceDate}/activate", {
        params: { path: { depotId: depot.id, serviceDate: serviceDate.toString() }, header: once() },
      }),
    );
  await quiet(headway);
  return share(depot.id, await assignmentsOf(headway, roster));
};

const reach = async (headway: Headway, at: Temporal.Instant): Promise<void> => {
  answerOf(await headway.PUT("/clock", { body: { at: at.toString() } }));
};

const share = (depot: string, assignments: readonly Assignment[]): World => {
  const on = (wanted: (day: number) => boolean) =>
    assignments.filter(({ serviceDate }) => wanted(from.until(Temporal.PlainDate.from(serviceDate)).days));
  return {
    depot,
    today: on((day) => day === 0).flatMap(({ dutyId: duty, driverId: driver, starts, ends }) =>
      driver ? [{ duty, driver, starts, ends }] : [],
    ),
    tomorrow: on((day) => day === 1).flatMap(toOwn),
    later: on((day) => day > 1).flatMap(toOwn),
    reassigning: 2,
  };
};

const toOwn = ({ id: assignment, dutyId: duty, driverId: driver, version }: Assignment): OwnDuty[] =>
  assignment && driver && version ? [{ assignment, duty, driver, version }] : [];

const smallFeed = (): Promise<Uint8Array> => {
  const metro = makeMetro(1, "Europe/Paris");
  const routes = metro.routes.slice(-1).map((route) => ({ ...route, headwayFactor: route.headwayFactor * rarer }));
  return makeFeed(1, { ...metro, routes }, from);
};
