import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DutyId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { andThen } from "../model/events.ts";
import { activate, follow, type PlannedDuty, type RosteredAssignment } from "../model/follow.ts";
import { keepTime } from "../model/keep-time.ts";
import type { Windows } from "../model/windows.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type FollowDutyInput = {
  readonly duty: DutyId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  /** When the news was made: the clock decides first what was due before. */
  readonly at: Instant;
};

export type FollowDutyNeeds = CarryOutNeeds & {
  readonly days: {
    hold(tx: Tx, depot: DepotId, date: PlainDate): Promise<{ readonly activatedAt: Instant | null }>;
    windowsOf(tx: Tx, depot: DepotId): Promise<Windows>;
  };
  readonly plan: { find(tx: Tx, id: DutyId): Promise<PlannedDuty | null> };
  readonly roster: { ofDuty(tx: Tx, duty: DutyId): Promise<readonly RosteredAssignment[]> };
  readonly duties: {
    lockAll(tx: Tx, ids: readonly DutyId[]): Promise<readonly Duty[]>;
    add(tx: Tx, duties: readonly Duty[]): Promise<void>;
  };
};

/**
 * There is news of a duty from planning or scheduling, already noted. On an activated day the duty follows it; before
 * the activation nothing happens. News of an assignment whose duty nobody has planned yet waits for the plan.
 */
export const followDuty = (needs: FollowDutyNeeds): Command<FollowDutyInput, void> => {
  const { days, plan, roster, duties } = needs;
  const carry = carryOut(needs);
  return async (tx, { duty: id, depot, serviceDate, at }) => {
    const { activatedAt } = await days.hold(tx, depot, serviceDate);
    if (!activatedAt) return;
    const planned = await plan.find(tx, id);
    if (!planned) return;
    const [before] = await duties.lockAll(tx, [id]);
    const rostered = await roster.ofDuty(tx, id);
    if (before)
      return carry(tx, [
        { before, decision: andThen(keepTime(before, at), (duty) => follow(duty, planned, rostered)) },
      ]);
    const fresh = activate(planned, await days.windowsOf(tx, depot), activatedAt);
    await duties.add(tx, [follow(fresh, planned, rostered).next]);
  };
};
