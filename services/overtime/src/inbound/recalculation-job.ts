import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";
import type { Half } from "../model/week.ts";
import type { StaleWeeksInput } from "../usecases/recalculate-stale-weeks.ts";

export type RecalculationNeeds = {
  readonly inTx: Database["inTx"];
  readonly recalculateStaleWeeks: Command<StaleWeeksInput, number>;
};

/** Weeks in one transaction: many enough to be quick, few enough that the drivers' locks are short. */
const most = 200;

/** Calculates stale weeks until there are none: one half in the process while the database reads and writes the other. */
export const recalculateAll = async ({ inTx, recalculateStaleWeeks }: RecalculationNeeds, stopping?: AbortSignal) => {
  const recalculate = async (half: Half): Promise<void> => {
    while (!stopping?.aborted && (await inTx((tx) => recalculateStaleWeeks(tx, { half, most }))) > 0);
  };
  const halves = [recalculate(0), recalculate(1)];
  // Where one fails, the other must have ended too before anybody is told.
  await Promise.allSettled(halves);
  await Promise.all(halves);
};

export const recalculationJob = "recalculate-weeks";

/** Calculates what a change of the rules touched; goes on where an earlier process was killed. */
export const makeRecalculationJob = (needs: RecalculationNeeds): Job => ({
  name: recalculationJob,
  everyMs: 5000,
  run: (_now, stopping) => recalculateAll(needs, stopping),
});
