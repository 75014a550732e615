import { dateAt } from "@headway/kernel/service-day";
import type { PlainDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";

export type ExpiryJobNeeds = {
  readonly inTx: Database["inTx"];
  readonly expireQualifications: Command<{ readonly before: PlainDate }, number>;
};

/** Tells of qualifications that have ended. A day is over when it is over everywhere on earth. */
export const makeExpiryJob = ({ inTx, expireQualifications }: ExpiryJobNeeds): Job => ({
  name: "expire-qualifications",
  everyMs: 60_000,
  async run(now, stopping) {
    const before = dateAt(now, "-12:00");
    while (!stopping.aborted && (await inTx((tx) => expireQualifications(tx, { before }))) > 0);
  },
});
