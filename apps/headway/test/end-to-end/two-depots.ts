import { randomUUID } from "node:crypto";
import { Temporal } from "@headway/kernel/time";
import { cutWork } from "../../src/rehearse/cut-work.ts";
import { openDesk } from "../../src/rehearse/desk.ts";
import type { Duty, Held } from "../../src/rehearse/duty.ts";
import { answerOf, connect, everyPage, type Headway, once, type Schemas } from "../../src/rehearse/headway.ts";
import { dayStart, instantOf } from "../../src/rehearse/minute.ts";
import { linesOf, openDepots } from "../../src/rehearse/open-depots.ts";
import { hireDrivers, limits } from "../../src/rehearse/prepare.ts";
import { publishRoster } from "../../src/rehearse/publish-rosters.ts";
import { quiet } from "../../src/rehearse/quiet.ts";
import { takeZip } from "../../src/rehearse/take-feed.ts";
import { startThrowaway } from "../../src/rehearse/throwaway.ts";
import { smallFeed, toZip } from "../odd-feeds.ts";

/** A Monday without a clock change near it. */
export const day = Temporal.PlainDate.from("2026-11-23");
/** Minutes: in the sign-on window of the duty, and before it is late. */
const beforeStart = 10;
/** Minutes before the day, in which people are hired and rosters made. */
const preparedBefore = 36 * 60;
const password = "correct horse battery";
const silent = { phase: () => ({ advance: () => {}, end: () => {} }) };
const span = { from: day, to: day };

/** A depot with its duties of the day, in the order in which they start, and who is on them. */
export type Depot = {
  readonly id: string;
  readonly code: string;
  readonly held: readonly Held[];
  readonly roster: Schemas["Roster"];
};

export type TwoDepots = {
  readonly url: string;
  readonly headway: Headway;
  readonly feedId: string;
  readonly own: Depot;
  readonly other: Depot;
  /** Makes a user with these roles in these depots; answers what to log in with. */
  readonly newUser: (grants: readonly Grant[]) => Promise<LogIn>;
  /** Gives a driver's own user a known password. */
  readonly driver: (employeeId: string) => Promise<LogIn>;
  readonly end: () => Promise<void>;
};

export type Grant = Schemas["Grant"];
export type LogIn = { readonly userName: string; readonly password: string };

/** A Headway with two depots, one line each, rosters published and the day activated; it is shortly before the first duty. */
export const startTwoDepots = async (): Promise<TwoDepots> => {
  const { url, key, end } = await startThrowaway();
  try {
    const headway = connect(url, key);
    return {
      url,
      headway,
      end,
      newUser: userMaker(headway),
      driver: driverFinder(headway),
      ...(await prepare(url, headway)),
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const prepare = async (url: string, headway: Headway): Promise<Pick<TwoDepots, "feedId" | "own" | "other">> => {
  const feed = await takeZip(headway, "two-lines.zip", await zipped(), silent.phase());
  await setClock(headway, dayStart(day, feed.timeZone) - preparedBefore);
  const [first, second] = (await linesOf(headway, feed.id)).map(({ code }) => code);
  if (first === undefined || second === undefined) throw new Error("The feed has two lines.");
  const opened = await openDepots(headway, feed, [
    { code: "D1", name: "Northgate", lines: [first] },
    { code: "D2", name: "Riverside", lines: [second] },
  ]);
  const work = await cutWork(headway, feed.id, span, limits);
  await quiet(headway);
  await hireDrivers(
    { url, headway, progress: silent },
    { seed: 1, from: day, days: 1, feed: "", out: "" },
    work,
    opened,
  );
  const [own, other] = await Promise.all(opened.map((depot) => live(headway, depot, work.duties)));
  if (!own || !other) throw new Error("There are two depots.");
  const begins = Math.min(...[...own.held, ...other.held].map(({ duty }) => duty.starts));
  await setClock(headway, begins - beforeStart);
  await quiet(headway);
  return { feedId: feed.id, own, other };
};

const zipped = async (): Promise<Blob> => new Blob([new Uint8Array(await toZip(smallFeed()))]);

const setClock = async (headway: Headway, minute: number): Promise<void> =>
  void answerOf(await headway.PUT("/clock", { body: { at: instantOf(minute) } }));

const live = async (headway: Headway, { id, code }: Schemas["Depot"], all: readonly Duty[]): Promise<Depot> => {
  const settle = async (): Promise<void> => void (await quiet(headway));
  const roster = await publishRoster(headway, id, span);
  await settle();
  const duties = new Map(all.map((duty) => [duty.id, duty]));
  const holders = await openDesk({ headway, duties, settle }).activate(id, day.toString());
  const held = [...holders.values()].filter((one) => one !== null);
  return { id, code, roster, held: held.toSorted((a, b) => a.duty.starts - b.duty.starts) };
};

const userMaker =
  (headway: Headway) =>
  async (grants: readonly Grant[]): Promise<LogIn> => {
    const userName = `user-${randomUUID()}`;
    answerOf(
      await headway.POST("/users", { params: { header: once() }, body: { userName, password, grants: [...grants] } }),
    );
    return { userName, password };
  };

/** Whoever is hired has a user. */
const driverFinder =
  (headway: Headway) =>
  async (employeeId: string): Promise<LogIn> => {
    const users = await everyPage(async (page) => answerOf(await headway.GET("/users", { params: { query: page } })));
    const user = users.find((one) => one.employeeId === employeeId);
    if (!user) throw new Error(`The driver ${employeeId} has no user.`);
    const header = { "If-Match": `"${user.version}"` };
    const { userName } = answerOf(
      await headway.PUT("/users/{userId}/password", {
        params: { path: { userId: user.id }, header },
        body: { password },
      }),
    );
    return { userName, password };
  };
