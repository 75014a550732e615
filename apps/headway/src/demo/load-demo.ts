import { type PlainDate, Temporal } from "@headway/kernel/time";
import { cutWork, dutiesOf, type Span } from "../rehearse/cut-work.ts";
import type { Duty } from "../rehearse/duty.ts";
import { answerOf, everyPage, type Headway, once, type Schemas } from "../rehearse/headway.ts";
import { hire } from "../rehearse/hire.ts";
import { limits } from "../rehearse/prepare.ts";
import type { Phase, Progress } from "../rehearse/progress.ts";
import { publishDraft, publishRoster } from "../rehearse/publish-rosters.ts";
import { heardBy } from "../rehearse/quiet.ts";
import { takeZip } from "../rehearse/take-feed.ts";
import { makeFeed } from "./feed.ts";
import { type Metro, makeMetro } from "./metro.ts";
import { makePeople, type Staffing, staffList } from "./people.ts";

export type MetroOptions = { readonly seed: number; readonly zone: string; readonly today: PlainDate };

export type LoadOptions = { readonly seed: number; readonly signal: AbortSignal; readonly progress: Progress };

/** The demo metro as Headway knows it. */
export type Demo = { readonly feed: Schemas["Feed"]; readonly depots: readonly Schemas["Depot"][] };

/** Days that follow each other: their work, and the rosters in which it is. */
export type DemoDays = {
  readonly span: Span;
  readonly duties: readonly Duty[];
  readonly rosters: readonly Schemas["Roster"][];
};

const fileName = "demo-metro.zip";
const drivers = 2_000;
const terms = { agreements: ["standard", "contract-hours"], weeklyMinutes: [2160, 1500], firstNumber: 10_001 } as const;
const currency = "EUR";

/** Brings in what is not there yet of the demo's timetable and depots: it may have been interrupted anywhere. */
export const loadMetro = async (
  headway: Headway,
  { seed, zone, today }: MetroOptions,
  progress: Progress,
): Promise<Demo> => {
  const metro = makeMetro(seed, zone);
  const phase = progress.phase("Reading the timetable");
  const { items: feeds } = answerOf(await headway.GET("/feeds", { params: { query: { limit: 500 } } }));
  const feed = feeds.find(({ name }) => name === fileName) ?? (await takeDemoFeed(headway, seed, metro, today, phase));
  const depots = await openMissing(headway, metro);
  const idOf = new Map(depots.map(({ id, code }) => [code, id]));
  const lines = metro.routes.map(({ id, depot }) => ({ code: id, depotId: idOf.get(depot) ?? "" }));
  answerOf(await headway.PUT("/feeds/{feedId}/lines", { params: { path: { feedId: feed.id } }, body: { lines } }));
  phase.end(`${feed.trips.toLocaleString("en-GB")} trips, ${depots.length} depots`);
  return { feed, depots };
};

const takeDemoFeed = async (
  headway: Headway,
  seed: number,
  metro: Metro,
  today: PlainDate,
  phase: Phase,
): Promise<Schemas["Feed"]> => {
  const zip = await makeFeed(seed, metro, today);
  return takeZip(headway, fileName, new Blob([Uint8Array.from(zip)], { type: "application/zip" }), phase);
};

const openMissing = async (headway: Headway, { depots, zone }: Metro): Promise<Schemas["Depot"][]> => {
  const { items: open } = answerOf(await headway.GET("/depots"));
  const all: Schemas["Depot"][] = [];
  for (const { code, name } of depots)
    all.push(
      open.find((depot) => depot.code === code) ??
        answerOf(await headway.POST("/depots", { params: { header: once() }, body: { code, name, timeZone: zone } })),
    );
  return all;
};

/** Publishes rosters for all days of a span that have none, up to a Sunday; hires the drivers if nobody is hired yet. */
export const loadDays = async (
  headway: Headway,
  demo: Demo,
  { from, to }: Span,
  options: LoadOptions,
): Promise<DemoDays> => {
  const rosters: Schemas["Roster"][] = [];
  let date = from;
  while (Temporal.PlainDate.compare(date, to) <= 0) {
    const loaded = await loadRosters(headway, demo, { from: date, to }, options);
    rosters.push(...loaded.rosters);
    date = loaded.lastDay.add({ days: 1 });
  }
  const span = { from, to: date.subtract({ days: 1 }) };
  return { span, duties: await dutiesOf(headway, span), rosters };
};

type Loaded = { readonly lastDay: PlainDate; readonly rosters: readonly Schemas["Roster"][] };

/** The rosters that hold a span's first day: those that are there, else new ones to the Sunday after its last. */
const loadRosters = async (headway: Headway, demo: Demo, wanted: Span, options: LoadOptions): Promise<Loaded> => {
  const known = await rostersOn(headway, wanted.from);
  const span = known[0] ? spanOf(known[0]) : { ...wanted, to: sundayAfter(wanted.to) };
  const published = known.filter(({ rosterVersion }) => rosterVersion > 0);
  if (published.length === demo.depots.length) return { lastDay: span.to, rosters: published };
  const phase = options.progress.phase("Cutting runs");
  const { duties } = await cutWork(headway, demo.feed.id, span, limits);
  phase.end(`${duties.length.toLocaleString("en-GB")} duties from ${span.from} to ${span.to}`);
  await hireDrivers(headway, demo, duties, options);
  return { lastDay: span.to, rosters: await publishMissing(headway, demo, span, known, options) };
};

const spanOf = ({ firstDay, lastDay }: Schemas["Roster"]): Span => ({
  from: Temporal.PlainDate.from(firstDay),
  to: Temporal.PlainDate.from(lastDay),
});

const sundayAfter = (date: PlainDate): PlainDate => date.add({ days: 7 - date.dayOfWeek });

const rostersOn = async (headway: Headway, date: PlainDate): Promise<Schemas["Roster"][]> => {
  const rosters = await everyPage(async (page) => answerOf(await headway.GET("/rosters", { params: { query: page } })));
  const day = date.toString();
  return rosters.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
};

const publishMissing = async (
  headway: Headway,
  { depots }: Demo,
  span: Span,
  known: readonly Schemas["Roster"][],
  { signal, progress }: LoadOptions,
): Promise<Schemas["Roster"][]> => {
  const phase = progress.phase("Making rosters");
  // Duties and drivers reach scheduling as events.
  await heardBy(headway, ["scheduling"], {
    signal,
    onWaiting: (events) => phase.advance(0, depots.length, `${events.toLocaleString("en-GB")} events on their way`),
  });
  const rosters: Schemas["Roster"][] = [];
  for (const [done, { id, name }] of depots.entries()) {
    phase.advance(done, depots.length, name);
    const roster = known.find(({ depotId }) => depotId === id);
    if (!roster) rosters.push(await publishRoster(headway, id, span));
    else rosters.push(roster.rosterVersion === 0 ? await publishDraft(headway, roster) : roster);
  }
  const assigned = rosters.reduce((sum, roster) => sum + roster.assigned, 0);
  phase.end(`${assigned.toLocaleString("en-GB")} assignments`);
  return rosters;
};

const hireDrivers = async (
  headway: Headway,
  { feed, depots }: Demo,
  duties: readonly Duty[],
  { seed, progress }: LoadOptions,
): Promise<void> => {
  const { items: hired } = answerOf(await headway.GET("/employees", { params: { query: { limit: 1 } } }));
  if (hired.length > 0) return;
  const phase = progress.phase("Hiring drivers");
  const people = makePeople(staffingOf(duties, depots), { ...terms, seed, by: Temporal.PlainDate.from(feed.firstDay) });
  const state = await hire(headway, staffList(people, currency), phase);
  phase.end(`${state.hired.toLocaleString("en-GB")} drivers`);
};

/** All drivers, shared out to the depots as their work is. */
const staffingOf = (duties: readonly Duty[], depots: readonly Schemas["Depot"][]): Staffing[] => {
  let [dutiesLeft, driversLeft] = [duties.length, drivers];
  return depots.map(({ id, code }) => {
    const own = duties.filter(({ depot }) => depot === id);
    const share = dutiesLeft === 0 ? 0 : Math.round((driversLeft * own.length) / dutiesLeft);
    dutiesLeft -= own.length;
    driversLeft -= share;
    return {
      depot: code,
      drivers: share,
      qualifications: [...new Set(own.map(({ qualification }) => qualification))].sort(),
    };
  });
};
