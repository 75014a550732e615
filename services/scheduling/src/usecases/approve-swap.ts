import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, newId, type RosterId, type Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { SchedulingEvent } from "../model/events.ts";
import { mustBeLegalExchange, type Side } from "../model/exchange.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";
import { move, mustBeInTime, type Swap, type SwapId } from "../model/swap.ts";

export type ApproveSwapInput = { readonly swap: SwapId; readonly expected: Version; readonly now: Instant };

export type ApproveSwapNeeds = {
  readonly swaps: {
    /** Refused with `swap.unknown` or `swap.changed`. */
    lock(tx: Tx, id: SwapId, expected: Version): Promise<Swap>;
    save(tx: Tx, swap: Swap): Promise<void>;
  };
  readonly sides: { lock(tx: Tx, ids: readonly [AssignmentId, AssignmentId]): Promise<readonly [Side, Side]> };
  readonly rosters: { lock(tx: Tx, id: RosterId): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/**
 * Exchanges the duties, as one change of the roster, if it is still legal. Refused with `swap.too-late`, `swap.pending` and so
 * on, or as `mustBeLegalExchange` says.
 */
export const approveSwap =
  ({ swaps, sides, rosters, events }: ApproveSwapNeeds): Command<ApproveSwapInput, Swap> =>
  async (tx, { swap: id, expected, now }) => {
    const swap = await swaps.lock(tx, id, expected);
    mustBeInTime(swap, now);
    const completed = move(swap, "Approve");
    const [offered, wanted] = await sides.lock(tx, [swap.offered, swap.wanted]);
    mustBeLegalExchange(offered, wanted);
    const roster = await rosters.lock(tx, offered.gives.assignment.roster);
    const change = changeOf(roster);
    change.release(offered.gives, "swap");
    change.release(wanted.gives, "swap");
    change.assign(newId(), offered.gives.duty, swap.requestedOf);
    change.assign(newId(), wanted.gives.duty, swap.requestedBy);
    await rosters.save(tx, change);
    await swaps.save(tx, completed);
    await events.record(tx, [
      ...change.events,
      { type: "SwapApproved", swap: completed, rosterVersion: change.roster.current },
    ]);
    return completed;
  };
