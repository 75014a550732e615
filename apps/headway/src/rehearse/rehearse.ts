import { daysBetween } from "@headway/kernel/time";
import type { TripsOfDay } from "./checks.ts";
import { closePay } from "./close-pay.ts";
import { type Span, tripsOfDay } from "./cut-work.ts";
import { openDesk } from "./desk.ts";
import type { Duty } from "./duty.ts";
import { answerOf, type Headway, type Schemas } from "./headway.ts";
import { daysOf, type Evidence, judge, measure, readBack } from "./judge.ts";
import { liveWeek, type Week } from "./live-week.ts";
import { dayStart, instantOf, type Minute } from "./minute.ts";
import { hireDrivers, makeWork, mustBeNew, rosterDepots, takeTimetable } from "./prepare.ts";
import { quiet } from "./quiet.ts";
import type { Rehearsal, Stage } from "./stage.ts";
import type { Summary } from "./summary.ts";

/** Minutes before the first day in which people are hired and rosters made. */
const preparedBefore = 36 * 60;
/** Minutes: as real terminals on a bad line do. It spares most of the steps of the clock. */
const terminalsKeep = 15;

/** Lives through a week, from the timetable to the payroll file, as a client of the public API. */
export const rehearse = async (rehearsal: Rehearsal, stage: Stage): Promise<Summary> => {
  const began = performance.now();
  const { headway } = stage;
  const span: Span = { from: rehearsal.from, to: rehearsal.from.add({ days: rehearsal.days - 1 }) };
  await mustBeNew(headway);
  const feed = await takeTimetable(stage, rehearsal, span);
  const clock = openClock(headway);
  await clock.reach(dayStart(span.from, feed.timeZone) - preparedBefore);
  const { work, depots } = await makeWork(stage, feed, span);
  const drivers = await hireDrivers(stage, rehearsal, work, depots);
  const duties = new Map(work.duties.map((duty) => [duty.id, duty]));
  const { cast, assignments } = await rosterDepots(stage, rehearsal, depots, span, duties);
  const settle = async (): Promise<void> => void (await quiet(headway));
  const wrongSignings = await live(stage, {
    seed: rehearsal.seed,
    zone: feed.timeZone,
    span,
    depots: depots.map(({ id }) => id),
    cast,
    desk: openDesk({ headway, duties, settle }),
    until: (minute) => clock.reach(minute),
    terminalsKeep: () => terminalsKeep,
    hesitation: () => 0,
    from: Number.NEGATIVE_INFINITY,
  });
  await clock.reach(dayStart(span.to.add({ days: 2 }), feed.timeZone));
  const period = await pay(stage, span, rehearsal.out);
  const evidence = await gather(stage, { feed, span, depots, duties, period, out: rehearsal.out, wrongSignings });
  const counts = { blocks: work.cut.blocks, runs: work.cut.runs, duties: work.duties.length, drivers, assignments };
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return inOrder({ ...counts, ...measure(evidence), seconds, checks: judge(evidence) });
};

/** The rehearsal's clock: set forwards only, and only where it does not stand there already. */
const openClock = (headway: Headway) => {
  let stands = Number.NEGATIVE_INFINITY;
  return {
    reach: async (minute: Minute): Promise<void> => {
      if (minute <= stands) return;
      answerOf(await headway.PUT("/clock", { body: { at: instantOf(minute) } }));
      stands = minute;
    },
  };
};

const live = async ({ headway, progress }: Stage, week: Week): Promise<string[]> => {
  const phase = progress.phase("Living the days");
  const wrongSignings = await liveWeek(week, phase);
  await quiet(headway);
  phase.end(`${daysBetween(week.span.from, week.span.to).length} days`);
  return wrongSignings;
};

const pay = async ({ headway, progress }: Stage, span: Span, out: string): Promise<Schemas["PayPeriod"]> => {
  const phase = progress.phase("Closing the pay period");
  const period = await closePay(headway, span, out, phase);
  phase.end(`${period.lines.toLocaleString("en-GB")} lines in ${out}`);
  return period;
};

type Traces = {
  readonly feed: Schemas["Feed"];
  readonly span: Span;
  readonly depots: readonly Schemas["Depot"][];
  readonly duties: ReadonlyMap<string, Duty>;
  readonly period: Schemas["PayPeriod"];
  readonly out: string;
  readonly wrongSignings: readonly string[];
};

/** Asks for everything that the checks look at, anew and after all is quiet. */
const gather = async (
  { headway, progress }: Stage,
  { feed, span, depots, duties, period, out, wrongSignings }: Traces,
): Promise<Evidence> => {
  const phase = progress.phase("Gathering evidence");
  const flows = await quiet(headway);
  const dates = daysBetween(span.from, span.to);
  const trips: TripsOfDay[] = [];
  for (const [done, date] of dates.entries()) {
    phase.advance(done, dates.length, date.toString());
    trips.push(await tripsOfDay(headway, feed.id, date.toString()));
  }
  const days = await daysOf(
    headway,
    depots.map(({ id }) => id),
    span,
  );
  phase.end(`${days.length.toLocaleString("en-GB")} duties looked at`);
  return { duties, days, trips, flows, period, payroll: await readBack(out), wrongSignings };
};

/** The figures in the order in which they are shown. */
const inOrder = (summary: Summary): Summary => ({
  trips: summary.trips,
  blocks: summary.blocks,
  runs: summary.runs,
  duties: summary.duties,
  drivers: summary.drivers,
  assignments: summary.assignments,
  events: summary.events,
  late: summary.late,
  missed: summary.missed,
  replaced: summary.replaced,
  openDuties: summary.openDuties,
  workedMinutes: summary.workedMinutes,
  paidMinutes: summary.paidMinutes,
  seconds: summary.seconds,
  payrollSha256: summary.payrollSha256,
  checks: summary.checks,
});
