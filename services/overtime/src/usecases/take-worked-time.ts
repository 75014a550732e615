import type { DriverId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { WorkTold } from "../model/facts.ts";
import { type DriverWeek, weekOf } from "../model/week.ts";

export type TakeWorkedTimeNeeds = {
  readonly drivers: { lock(tx: Tx, drivers: readonly DriverId[]): Promise<void> };
  readonly facts: {
    /** Unless a later record of the assignment is there; answers whether it kept it. */
    keepWork(tx: Tx, week: DriverWeek, work: WorkTold): Promise<boolean>;
  };
  readonly recalculateWeeks: Command<readonly DriverWeek[], void>;
};

/** Somebody worked: the driver's week is worth something else now. */
export const takeWorkedTime =
  ({ drivers, facts, recalculateWeeks }: TakeWorkedTimeNeeds): Command<WorkTold, void> =>
  async (tx, work) => {
    const week = { driver: work.driver, ...weekOf(work.date) };
    await drivers.lock(tx, [work.driver]);
    if (await facts.keepWork(tx, week, work)) await recalculateWeeks(tx, [week]);
  };
