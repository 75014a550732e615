import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { PlannedDuty } from "../model/follow.ts";
import type { FollowDutyInput } from "./follow-duty.ts";

export type PlanDutyInput = { readonly planned: PlannedDuty; readonly version: Version };

export type PlanDutyNeeds = {
  readonly plan: { note(tx: Tx, duty: PlannedDuty, version: Version): Promise<boolean> };
  readonly followDuty: Command<FollowDutyInput, void>;
};

/** Planning has a duty, or has it otherwise. */
export const planDuty =
  ({ plan, followDuty }: PlanDutyNeeds): Command<PlanDutyInput, void> =>
  async (tx, { planned, version }) => {
    const { id: duty, depot, serviceDate, at } = planned;
    if (await plan.note(tx, planned, version)) await followDuty(tx, { duty, depot, serviceDate, at });
  };
