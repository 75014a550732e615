import type { Command, Tx } from "@headway/kernel/tx";
import {
  changedDays,
  type ValuedDay,
  valueWeek,
  type WeekInHand,
  type WeekProblem,
  type WorkedDayCalculated,
} from "../model/value-week.ts";
import type { DriverWeek } from "../model/week.ts";

export type RecalculateWeeksNeeds = {
  readonly weeks: {
    /** Loads all that the weeks depend on. Their drivers must be locked before. */
    load(tx: Tx, weeks: readonly DriverWeek[]): Promise<readonly WeekInHand[]>;
    noteProblems(tx: Tx, problems: readonly WeekProblem[]): Promise<void>;
  };
  readonly days: { save(tx: Tx, days: readonly ValuedDay[]): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly WorkedDayCalculated[]): Promise<void> };
};

/** Calculates drivers' weeks from all their facts; tells of the days that are worth something else than before. */
export const recalculateWeeks =
  ({ weeks, days, events }: RecalculateWeeksNeeds): Command<readonly DriverWeek[], void> =>
  async (tx, wanted) => {
    if (wanted.length === 0) return;
    const valued = (await weeks.load(tx, wanted)).map((inHand) => ({ ...inHand, now: valueWeek(inHand) }));
    const changed = valued.flatMap(({ week, known, now }) => changedDays(week.driver, known, now.days));
    const problems = valued.filter(({ problem, now }) => problem !== now.problem);
    if (changed.length > 0) await days.save(tx, changed);
    if (problems.length > 0)
      await weeks.noteProblems(
        tx,
        problems.map(({ week, now }) => ({ week, problem: now.problem })),
      );
    await events.record(
      tx,
      changed.map((day) => ({ type: "WorkedDayCalculated", day })),
    );
  };
