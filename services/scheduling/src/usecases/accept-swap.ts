import type { Instant } from "@headway/kernel/clock";
import { denied } from "@headway/kernel/domain-error";
import type { AssignmentId, DriverId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { mustBeLegalExchange, type Side } from "../model/exchange.ts";
import { move, mustBeInTime, type Swap, type SwapId } from "../model/swap.ts";

export type AcceptSwapInput = {
  readonly swap: SwapId;
  readonly expected: Version;
  readonly driver: DriverId;
  readonly now: Instant;
};

export type AcceptSwapNeeds = {
  readonly swaps: {
    /** Refused with `swap.unknown` or `swap.changed`. */
    lock(tx: Tx, id: SwapId, expected: Version): Promise<Swap>;
    save(tx: Tx, swap: Swap): Promise<void>;
  };
  readonly sides: { lock(tx: Tx, ids: readonly [AssignmentId, AssignmentId]): Promise<readonly [Side, Side]> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** The driver who was asked agrees. Refused with `swap.not-yours`, `swap.too-late`, `swap.accepted` and so on, or as `mustBeLegalExchange` says. */
export const acceptSwap =
  ({ swaps, sides, events }: AcceptSwapNeeds): Command<AcceptSwapInput, Swap> =>
  async (tx, { swap: id, expected, driver, now }) => {
    const swap = await swaps.lock(tx, id, expected);
    if (swap.requestedOf !== driver) throw denied("swap.not-yours", "Only the driver who was asked can agree.");
    mustBeInTime(swap, now);
    const accepted = move(swap, "Accept");
    mustBeLegalExchange(...(await sides.lock(tx, [swap.offered, swap.wanted])));
    await swaps.save(tx, accepted);
    await events.record(tx, [{ type: "SwapAccepted", swap: accepted }]);
    return accepted;
  };
