import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DriverId, newId, type RosterId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { mustBeLegalExchange, type Side } from "../model/exchange.ts";
import type { Roster } from "../model/roster.ts";
import { request, type Swap } from "../model/swap.ts";

export type RequestSwapInput = {
  readonly driver: DriverId;
  readonly offered: AssignmentId;
  readonly wanted: AssignmentId;
  readonly now: Instant;
};

export type RequestSwapNeeds = {
  readonly sides: { lock(tx: Tx, ids: readonly [AssignmentId, AssignmentId]): Promise<readonly [Side, Side]> };
  readonly rosters: { find(tx: Tx, id: RosterId): Promise<Roster> };
  readonly swaps: { add(tx: Tx, swap: Swap): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** A driver offers an own duty for another's. Refused as `request` and `mustBeLegalExchange` say, or with `swap.exists`. */
export const requestSwap =
  ({ sides, rosters, swaps, events }: RequestSwapNeeds): Command<RequestSwapInput, Swap> =>
  async (tx, { driver, offered, wanted, now }) => {
    const [mine, theirs] = await sides.lock(tx, [offered, wanted]);
    const roster = await rosters.find(tx, mine.gives.assignment.roster);
    const swap = request(newId(), driver, roster, mine.gives, theirs.gives, now);
    mustBeLegalExchange(mine, theirs);
    await swaps.add(tx, swap);
    await events.record(tx, [{ type: "SwapRequested", swap }]);
    return swap;
  };
