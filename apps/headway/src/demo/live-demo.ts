import { castWeek, type Shares } from "../rehearse/cast.ts";
import { type Desk, openDesk } from "../rehearse/desk.ts";
import { nameOfHeld } from "../rehearse/duty.ts";
import { type Headway, Refused } from "../rehearse/headway.ts";
import { liveWeek } from "../rehearse/live-week.ts";
import type { Minute } from "../rehearse/minute.ts";
import { type Assignment, assignmentsOf, heldOf } from "../rehearse/publish-rosters.ts";
import { heardBy } from "../rehearse/quiet.ts";
import { chanceOf } from "./chance.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { Demo, DemoDays } from "./load-demo.ts";

/** More than on ordinary days, so that at any hour there is something to see. */
const lively: Shares = { late: 0.12, sick: 0.025, missing: 0.03, strays: 0.25, cancelled: 0.002 };
/** Minutes until a dispatcher has found somebody for a duty that was missed, or whose driver has called in sick. */
const hesitation = { least: 3, most: 12 };
/** Minutes for which terminals keep signings while the demo catches up: it spares most of the steps of the clock. */
const terminalsKeep = 15;

export type DemoLife = {
  readonly headway: Headway;
  readonly seed: number;
  readonly demo: Demo;
  readonly days: DemoDays;
  /** What lies before this minute has been lived through already. */
  readonly from: Minute;
  readonly clock: DemoClock;
  readonly signal: AbortSignal;
  /** Told each minute that is reached. */
  readonly onMinute: (minute: Minute) => void;
};

/** Lives through service days with simulated drivers and dispatchers. Begun again from where it was, it goes on: signings count once. */
export const liveDemo = async (life: DemoLife): Promise<void> => {
  const { headway, seed, demo, days, from, clock, signal, onMinute } = life;
  const duties = new Map(days.duties.map((duty) => [duty.id, duty]));
  const cast = castWeek(seed, heldOf(await standingOf(headway, days), duties), lively);
  const settle = (): Promise<void> => heardBy(headway, ["scheduling", "dispatch"], { signal });
  await settle();
  await liveWeek(
    {
      seed,
      zone: demo.feed.timeZone,
      span: days.span,
      depots: demo.depots.map(({ id }) => id),
      cast,
      desk: forgiving(openDesk({ headway, duties, settle })),
      terminalsKeep: () => (clock.isPresent() ? 0 : terminalsKeep),
      until: async (minute) => {
        await clock.reach(minute);
        onMinute(minute);
      },
      hesitation: (held) => chanceOf(seed, "hesitation", nameOfHeld(held)).whole(hesitation.least, hesitation.most),
      from,
    },
    { advance: () => {}, end: () => {} },
  );
};

const standingOf = async (headway: Headway, { rosters }: DemoDays): Promise<Assignment[]> => {
  const assignments: Assignment[] = [];
  for (const { id } of rosters) assignments.push(...(await assignmentsOf(headway, id)));
  return assignments;
};

/** The desk, where another dispatcher may have been faster: a person who tries the demo out, or this one before a restart. */
const forgiving = (desk: Desk): Desk => ({
  ...desk,
  cancel: (duty, cause) => desk.cancel(duty, cause).catch(unlessDone),
  reportSick: (driver, day, part) => desk.reportSick(driver, day, part).catch(unlessDone),
});

const unlessDone = (error: unknown): void => {
  if (!(error instanceof Refused) || error.status !== 409) throw error;
};
