import type { Instant } from "@headway/kernel/clock";
import type { DutyId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { PlannedDuty } from "../model/follow.ts";
import type { FollowDutyInput } from "./follow-duty.ts";

export type WithdrawDutyInput = { readonly duty: DutyId; readonly version: Version; readonly at: Instant };

export type WithdrawDutyNeeds = {
  readonly plan: { withdraw(tx: Tx, id: DutyId, version: Version, at: Instant): Promise<PlannedDuty | null> };
  readonly followDuty: Command<FollowDutyInput, void>;
};

/** Planning no longer has a duty. */
export const withdrawDuty =
  ({ plan, followDuty }: WithdrawDutyNeeds): Command<WithdrawDutyInput, void> =>
  async (tx, { duty, version, at }) => {
    const withdrawn = await plan.withdraw(tx, duty, version, at);
    if (withdrawn) await followDuty(tx, { duty, depot: withdrawn.depot, serviceDate: withdrawn.serviceDate, at });
  };
