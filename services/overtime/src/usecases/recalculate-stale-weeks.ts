import type { DriverId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { DriverWeek, Half } from "../model/week.ts";

export type StaleWeeksInput = { readonly half: Half; readonly most: number };

export type RecalculateStaleWeeksNeeds = {
  readonly weeks: {
    stale(tx: Tx, half: Half, most: number): Promise<readonly DriverWeek[]>;
    /**
     * Takes the marks away, and shares the weeks before. One that is set from then on waits for the commit and stays:
     * that of a week that is made final waits for the week, any other for the mark.
     */
    unmark(tx: Tx, weeks: readonly DriverWeek[]): Promise<void>;
  };
  readonly drivers: { lock(tx: Tx, drivers: readonly DriverId[]): Promise<void> };
  readonly recalculateWeeks: Command<readonly DriverWeek[], void>;
};

/** Calculates weeks that a change of the rules or the end of a period touched, at most so many; answers how many. */
export const recalculateStaleWeeks =
  ({ weeks, drivers, recalculateWeeks }: RecalculateStaleWeeksNeeds): Command<StaleWeeksInput, number> =>
  async (tx, { half, most }) => {
    const stale = await weeks.stale(tx, half, most);
    if (stale.length === 0) return 0;
    await drivers.lock(
      tx,
      stale.map(({ driver }) => driver),
    );
    await weeks.unmark(tx, stale);
    await recalculateWeeks(tx, stale);
    return stale.length;
  };
