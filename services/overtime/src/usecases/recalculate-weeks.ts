import type { Command, Tx } from "@headway/kernel/tx";
import {
  changedDays,
  valueWeek,
  type WeekInHand,
  type WeekProblem,
  type WorkedDayCalculated,
  type WorkedWeek,
  withChanged,
} from "../model/value-week.ts";
import type { DriverWeek } from "../model/week.ts";

export type RecalculateWeeksNeeds = {
  readonly weeks: {
    /** Loads all that the weeks depend on. Their drivers must be locked before. */
    load(tx: Tx, weeks: readonly DriverWeek[]): Promise<readonly WeekInHand[]>;
    noteProblems(tx: Tx, problems: readonly WeekProblem[]): Promise<void>;
  };
  readonly workedWeeks: {
    /** Each week takes the place of what was known of it. */
    save(tx: Tx, weeks: readonly WorkedWeek[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly WorkedDayCalculated[]): Promise<void> };
};

/** Calculates drivers' weeks from all their facts; tells of the days that are worth something else than before. */
export const recalculateWeeks =
  ({ weeks, workedWeeks, events }: RecalculateWeeksNeeds): Command<readonly DriverWeek[], void> =>
  async (tx, wanted) => {
    if (wanted.length === 0) return;
    const valued = (await weeks.load(tx, wanted)).map((inHand) => {
      const now = valueWeek(inHand);
      return { ...inHand, now, told: changedDays(inHand.week.driver, inHand.known, now.days) };
    });
    const changed = valued.filter(({ told }) => told.length > 0);
    const problems = valued.filter(({ problem, now }) => problem !== now.problem);
    if (changed.length > 0)
      await workedWeeks.save(
        tx,
        changed.map(({ week, known, told }) => ({ week, days: withChanged(known, told) })),
      );
    if (problems.length > 0)
      await weeks.noteProblems(
        tx,
        problems.map(({ week, now }) => ({ week, problem: now.problem })),
      );
    await events.record(
      tx,
      changed.flatMap(({ told }) => told.map((day) => ({ type: "WorkedDayCalculated" as const, day }))),
    );
  };
