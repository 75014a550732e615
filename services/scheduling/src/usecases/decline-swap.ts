import { denied } from "@headway/kernel/domain-error";
import type { DriverId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { move, type Swap, type SwapId } from "../model/swap.ts";

export type DeclineSwapInput = {
  readonly swap: SwapId;
  readonly expected: Version;
  /** Null for a dispatcher of the depot. */
  readonly driver: DriverId | null;
};

export type DeclineSwapNeeds = {
  readonly swaps: {
    /** Refused with `swap.unknown` or `swap.changed`. */
    lock(tx: Tx, id: SwapId, expected: Version): Promise<Swap>;
    save(tx: Tx, swap: Swap): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** The driver who was asked, or a dispatcher, refuses. Refused with `swap.not-yours`, or `swap.completed` and so on. */
export const declineSwap =
  ({ swaps, events }: DeclineSwapNeeds): Command<DeclineSwapInput, Swap> =>
  async (tx, { swap: id, expected, driver }) => {
    const swap = await swaps.lock(tx, id, expected);
    if (driver !== null && swap.requestedOf !== driver)
      throw denied("swap.not-yours", "Only the driver who was asked, or a dispatcher, can decline.");
    const declined = move(swap, "Decline");
    await swaps.save(tx, declined);
    await events.record(tx, [{ type: "SwapDeclined", swap: declined }]);
    return declined;
  };
