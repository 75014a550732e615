import type { Instant } from "@headway/kernel/clock";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";

export type SwapExpiryJobNeeds = { readonly inTx: Database["inTx"]; readonly expireSwaps: Command<Instant, void> };

export const makeSwapExpiryJob = ({ inTx, expireSwaps }: SwapExpiryJobNeeds): Job => ({
  name: "expire-swaps",
  everyMs: 30_000,
  run: (now) => inTx((tx) => expireSwaps(tx, now)),
});
