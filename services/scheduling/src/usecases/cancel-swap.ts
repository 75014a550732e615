import { denied } from "@headway/kernel/domain-error";
import type { DriverId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { move, type Swap, type SwapId } from "../model/swap.ts";

export type CancelSwapInput = { readonly swap: SwapId; readonly expected: Version; readonly driver: DriverId };

export type CancelSwapNeeds = {
  readonly swaps: {
    /** Refused with `swap.unknown` or `swap.changed`. */
    lock(tx: Tx, id: SwapId, expected: Version): Promise<Swap>;
    save(tx: Tx, swap: Swap): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** The driver who asked takes it back. Refused with `swap.not-yours`, or `swap.completed` and so on. */
export const cancelSwap =
  ({ swaps, events }: CancelSwapNeeds): Command<CancelSwapInput, Swap> =>
  async (tx, { swap: id, expected, driver }) => {
    const swap = await swaps.lock(tx, id, expected);
    if (swap.requestedBy !== driver) throw denied("swap.not-yours", "Only the driver who asked can take it back.");
    const cancelled = move(swap, "Cancel");
    await swaps.save(tx, cancelled);
    await events.record(tx, [{ type: "SwapCancelled", swap: cancelled }]);
    return cancelled;
  };
