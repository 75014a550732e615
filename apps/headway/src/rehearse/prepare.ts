import { setTimeout as pause } from "node:timers/promises";
import { Temporal } from "@headway/kernel/time";
import { makePeople, staffList } from "../demo/people.ts";
import { type Cast, castWeek } from "./cast.ts";
import { cutWork, type Limits, type Span, type Work } from "./cut-work.ts";
import type { Duty } from "./duty.ts";
import { answerOf, type Headway, Refused, type Schemas } from "./headway.ts";
import { hire } from "./hire.ts";
import { neededDrivers } from "./hiring.ts";
import { linesOf, openDepots, planDepots } from "./open-depots.ts";
import { type Assignment, assignmentsOf, heldOf, publishRosters } from "./publish-rosters.ts";
import { quiet } from "./quiet.ts";
import { CannotRehearse, type Rehearsal, type Stage } from "./stage.ts";
import { swapDuties } from "./swap-duties.ts";
import { takeFeed } from "./take-feed.ts";

/** Legal under every agreement: a break before six hours, eleven hours of rest beside the spread. */
export const limits: Limits = {
  maxWork: 540,
  maxSpread: 720,
  maxPiece: 330,
  minBreak: 30,
  maxBreak: 300,
  report: 15,
  clear: 10,
};
const terms = { agreements: ["standard", "contract-hours"], weeklyMinutes: [2400, 1500], firstNumber: 10_001 } as const;
/** Everybody has been there for a while when the week begins. */
const hiredBefore = { days: 30 };

/** A rehearsal moves the clock, so nobody else may live by it. */
export const mustBeNew = async (headway: Headway): Promise<void> => {
  const remedy = "Start one with `npm start -- --rehearsal --empty --fresh`.";
  const clock = await firstAnswer(headway);
  if (!clock.rehearsal) throw new CannotRehearse(`This Headway lives by the real clock. ${remedy}`);
  const { items } = answerOf(await headway.GET("/feeds", { params: { query: { limit: 1 } } }));
  if (items.length > 0) throw new CannotRehearse(`This Headway is not empty. ${remedy}`);
};

/** Milliseconds that a Headway which is just starting may take to open its door. */
const opensWithin = 20_000;

const firstAnswer = async (headway: Headway): Promise<Schemas["Clock"]> => {
  const until = performance.now() + opensWithin;
  for (;;)
    try {
      return answerOf(await headway.GET("/clock"));
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (performance.now() > until)
        throw new CannotRehearse("No Headway answers. Start one, or set HEADWAY_URL to where it is.");
      await pause(250);
    }
};

export const takeTimetable = async (
  { headway, progress }: Stage,
  { feed: path }: Rehearsal,
  { from, to }: Span,
): Promise<Schemas["Feed"]> => {
  const phase = progress.phase("Reading the timetable");
  const feed = await takeFeed(headway, path, phase);
  phase.end(`${shown(feed.trips)} trips on ${feed.lines} lines, ${feed.timeZone}`);
  const [first, last] = [Temporal.PlainDate.from(feed.firstDay), Temporal.PlainDate.from(feed.lastDay)];
  if (Temporal.PlainDate.compare(from, first) >= 0 && Temporal.PlainDate.compare(to, last) <= 0) return feed;
  throw new CannotRehearse(
    `The feed is valid from ${first} to ${last}; ${from} to ${to} is not within. Choose other days with --from and --days.`,
  );
};

export const makeWork = async (
  { headway, progress }: Stage,
  feed: Schemas["Feed"],
  span: Span,
): Promise<{ readonly work: Work; readonly depots: readonly Schemas["Depot"][] }> => {
  const phase = progress.phase("Cutting runs");
  const depots = await openDepots(headway, feed, planDepots(await linesOf(headway, feed.id)));
  const work = await cutWork(headway, feed.id, span, limits);
  if (work.duties.length === 0) throw new CannotRehearse(`The feed has no trips from ${span.from} to ${span.to}.`);
  await quiet(headway);
  phase.end(`${shown(work.cut.runs)} runs, ${shown(work.duties.length)} duties`);
  return { work, depots };
};

/** As many drivers as the work needs; answers how many. */
export const hireDrivers = async (
  { headway, progress }: Stage,
  { seed, from }: Rehearsal,
  { duties }: Work,
  depots: readonly Schemas["Depot"][],
): Promise<number> => {
  const phase = progress.phase("Hiring drivers");
  const codes = new Map(depots.map(({ id, code }) => [id, code]));
  const coded = duties.map((duty): Duty => ({ ...duty, depot: codes.get(duty.depot) ?? duty.depot }));
  const staffing = neededDrivers(coded, terms.weeklyMinutes[0]);
  const people = makePeople(staffing, { ...terms, seed, by: from.subtract(hiredBefore) });
  const { hired } = await hire(headway, staffList(people, "EUR"), phase);
  await quiet(headway);
  phase.end(`${shown(hired)} drivers`);
  return hired;
};

/** The rosters of all depots, published, and the parts that their drivers will play. */
export type Rostered = { readonly cast: Cast; readonly assignments: number };

export const rosterDepots = async (
  stage: Stage,
  { seed }: Rehearsal,
  depots: readonly Schemas["Depot"][],
  span: Span,
  duties: ReadonlyMap<string, Duty>,
): Promise<Rostered> => {
  const { headway, progress } = stage;
  const phase = progress.phase("Making rosters");
  const rosters = await publishRosters(headway, depots, span, phase);
  await quiet(headway);
  const assignments: Assignment[] = [];
  for (const { id } of rosters) assignments.push(...(await assignmentsOf(headway, id)));
  const held = heldOf(assignments, duties);
  phase.end(`${shown(held.length)} assignments, ${assignments.length - held.length} duties open`);
  const cast = castWeek(seed, held);
  await swap(stage, cast, assignments);
  return { cast, assignments: held.length };
};

const swap = async (stage: Stage, { swaps }: Cast, assignments: readonly Assignment[]): Promise<void> => {
  const phase = stage.progress.phase("Swapping duties");
  const swapped = await swapDuties(stage, swaps, new Map(assignments.map((one) => [one.dutyId, one])));
  const [one, other] = swapped ?? [];
  phase.end(one && other ? `${one.duty.run} and ${other.duty.run} on ${one.duty.date}` : "nobody could");
};

const shown = (count: number): string => count.toLocaleString("en-GB");
