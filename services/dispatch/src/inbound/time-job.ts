import type { Instant } from "@headway/kernel/clock";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";

export type TimeJobNeeds = {
  readonly inTx: Database["inTx"];
  readonly keepTime: Command<{ readonly now: Instant }, number>;
};

/** Marks who is late, who has missed a duty and who forgot to sign off, each at its due instant. */
export const makeTimeJob = ({ inTx, keepTime }: TimeJobNeeds): Job => ({
  name: "keep-time",
  everyMs: 1000,
  async run(now, stopping) {
    while (!stopping.aborted && (await inTx((tx) => keepTime(tx, { now }))) > 0);
  },
});
