import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";

export type RecalculationNeeds = {
  readonly inTx: Database["inTx"];
  readonly recalculateStaleWeeks: Command<{ readonly most: number }, number>;
};

/** Weeks in one transaction: many enough to be quick, few enough that the drivers' locks are short. */
const most = 200;

/** Calculates stale weeks until there are none. */
export const recalculateAll = async ({ inTx, recalculateStaleWeeks }: RecalculationNeeds, stopping?: AbortSignal) => {
  while (!stopping?.aborted && (await inTx((tx) => recalculateStaleWeeks(tx, { most }))) > 0);
};

export const recalculationJob = "recalculate-weeks";

/** Calculates what a change of the rules touched; goes on where an earlier process was killed. */
export const makeRecalculationJob = (needs: RecalculationNeeds): Job => ({
  name: recalculationJob,
  everyMs: 5000,
  run: (_now, stopping) => recalculateAll(needs, stopping),
});
