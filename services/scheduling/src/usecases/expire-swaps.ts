import type { Instant } from "@headway/kernel/clock";
import { earlier } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { move, type Swap } from "../model/swap.ts";

export type ExpireSwapsNeeds = {
  readonly swaps: {
    lockLapsed(tx: Tx, now: Instant): Promise<readonly Swap[]>;
    save(tx: Tx, swap: Swap): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** Ends the swaps that nobody can carry out any more: a duty has begun, or one of the drivers lost it. */
export const expireSwaps =
  ({ swaps, events }: ExpireSwapsNeeds): Command<Instant, void> =>
  async (tx, now) => {
    const expired = (await swaps.lockLapsed(tx, now)).map((swap) => move(swap, "Expire"));
    for (const swap of expired) await swaps.save(tx, swap);
    await events.record(
      tx,
      expired.map((swap) => ({ type: "SwapExpired", swap, at: earlier(now, swap.expiresAt) })),
    );
  };
