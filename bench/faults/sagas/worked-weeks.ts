import { Temporal } from "@headway/kernel/time";
import { makePeople, staffList } from "headway/demo/people";
import { cutWork } from "headway/rehearse/cut-work";
import { openDesk } from "headway/rehearse/desk";
import type { Duty, Held } from "headway/rehearse/duty";
import { answerOf, type Headway, once, type Schemas, seen } from "headway/rehearse/headway";
import { hire } from "headway/rehearse/hire";
import { instantOf } from "headway/rehearse/minute";
import { openDepots } from "headway/rehearse/open-depots";
import { limits } from "headway/rehearse/prepare";
import { publishRoster } from "headway/rehearse/publish-rosters";
import { quiet } from "headway/rehearse/quiet";
import { takeZip } from "headway/rehearse/take-feed";
import type { Line } from "../single-process/line.ts";
import { manyTrips } from "./many-trips.ts";
import { order, periodOf, untilState, type Week } from "./pay-period.ts";

/** Weeks in which the same drivers worked the same, so that each must come to the same lines. */
export type WorkedWeeks = {
  /** The id of a period that was closed in peace. */
  readonly undisturbed: string;
  readonly closed: readonly Week[];
  readonly reopened: Week;
  /** One of its drivers works under an agreement that has no rules. */
  readonly unpayable: Week;
};

/** More than overtime calculates in one transaction. */
const drivers = 240;
const toClose = 5;
const weeks = toClose + 3;
/** A Monday after the days of the world. */
const firstMonday = Temporal.PlainDate.from("2022-10-17");
/** Of each week, the day that is worked. */
const worked = { days: 2 };
const agreement = "ten-hours-a-week";
const phase = { advance: () => {}, end: () => {} };

/** The clock goes on by as many weeks: whoever needs the days of the world comes before. */
export const workWeeks = async (headway: Headway, line: Line): Promise<WorkedWeeks> => {
  const all = Array.from({ length: weeks }, (_, count) => firstMonday.add({ weeks: count }));
  const span = { from: firstMonday, to: firstMonday.add({ days: weeks * 7 - 1 }) };
  const feed = await takeZip(headway, "many.zip", new Blob([new Uint8Array(await manyTrips(drivers, span))]), phase);
  const [depot] = await openDepots(headway, feed, [{ code: "MANY", name: "Many Yard", lines: ["W"] }]);
  if (!depot) throw new Error("There is no depot for the many.");
  await publishRules(headway);
  const { duties } = await cutWork(headway, feed.id, span, limits);
  const own = duties.filter((duty) => duty.depot === depot.id);
  await hireAll(headway, depot, own);
  await quiet(headway);
  await publishRoster(headway, depot.id, span);
  await quiet(headway);
  const last = all.at(-1);
  let held: readonly Held[] = [];
  for (const monday of all) held = await workDay(headway, depot.id, monday.add(worked), own);
  await setClock(headway, `${span.to.add({ days: 2 })}T00:00:00Z`);
  if (held[0] && last) await payNoMore(headway, held[0].driver, last.toString());
  await quiet(headway);
  const [first, ...others] = all.map(toWeek);
  const [unpayable, reopened] = [others.pop(), others.pop()];
  if (!first || !reopened || !unpayable) throw new Error("There are too few weeks.");
  return { undisturbed: await closeInPeace(line, first), closed: others, reopened, unpayable };
};

const toWeek = (monday: Temporal.PlainDate): Week => ({
  firstDay: monday.toString(),
  lastDay: monday.add({ days: 6 }).toString(),
});

/** Base and overtime as they come, and a make-up that hangs on the end of the period: each day changes once more then. */
const publishRules = async (headway: Headway): Promise<void> => {
  const rules = {
    base: { kind: "base" },
    "daily-overtime": { kind: "daily-overtime", code: "OVERTIME", tiers: [{ over: 180, premium: 500 }] },
    "weekly-guarantee": { kind: "weekly-guarantee", code: "MAKE_UP", minutes: "contract", days: 1 },
  };
  const body = { agreement, validFrom: "2000-01-03", rules };
  answerOf(await headway.POST("/rule-sets", { params: { header: once() }, body }));
};

const hireAll = async (headway: Headway, { code }: Schemas["Depot"], duties: readonly Duty[]): Promise<void> => {
  const qualifications = [...new Set(duties.map(({ qualification }) => qualification))].filter((one) => one !== "");
  const people = makePeople([{ depot: code, drivers, qualifications }], {
    seed: 1,
    by: firstMonday.subtract({ days: 30 }),
    agreements: [agreement, agreement],
    weeklyMinutes: [600, 600],
    firstNumber: 50_001,
  });
  await hire(headway, staffList(people, "EUR"), phase);
};

const setClock = async (headway: Headway, at: string): Promise<void> => {
  answerOf(await headway.PUT("/clock", { body: { at } }));
};

/** Everybody signs on and off as planned. Answers who worked. */
const workDay = async (
  headway: Headway,
  depotId: string,
  date: Temporal.PlainDate,
  duties: readonly Duty[],
): Promise<readonly Held[]> => {
  const desk = openDesk({ headway, duties: new Map(duties.map((duty) => [duty.id, duty])), settle: async () => {} });
  const starts = Math.min(...duties.filter((duty) => duty.date === date.toString()).map((duty) => duty.starts));
  await setClock(headway, instantOf(starts));
  const held = [...(await desk.activate(depotId, date.toString())).values()].filter((one) => one !== null);
  if (held.length !== drivers) throw new Error(`${held.length} of ${drivers} drivers have a duty on ${date}.`);
  const ends = Math.max(...held.map(({ duty }) => duty.ends));
  const wrong = await desk.sign(held.map((one) => ({ held: one, kind: "sign-on", minute: one.duty.starts })));
  await setClock(headway, instantOf(ends));
  wrong.push(...(await desk.sign(held.map((one) => ({ held: one, kind: "sign-off", minute: one.duty.ends })))));
  if (wrong.length > 0) throw new Error(wrong.slice(0, 3).join(" "));
  return held;
};

const payNoMore = async (headway: Headway, employeeId: string, validFrom: string): Promise<void> => {
  const path = { employeeId };
  const { version } = answerOf(await headway.GET("/employees/{employeeId}", { params: { path } }));
  const terms = { weeklyMinutes: 600, hourlyRateMinor: 2500, currency: "EUR" };
  const body = { ...terms, agreement: "without-rules", validFrom };
  answerOf(await headway.POST("/employees/{employeeId}/contracts", { params: { path, header: seen(version) }, body }));
};

const closeInPeace = async (line: Line, week: Week): Promise<string> => {
  const period = await periodOf(line, week);
  await order(line, "close", period);
  return (await untilState(line, period.id, "exported")).id;
};
