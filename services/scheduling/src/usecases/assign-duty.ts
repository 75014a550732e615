import { conflict } from "@headway/kernel/domain-error";
import type { Command } from "@headway/kernel/tx";
import { type Assigned, type GiveDutyInput, type GiveDutyNeeds, giveDuty } from "./give-duty.ts";

export type AssignDutyInput = GiveDutyInput;

/** Puts a driver on an open duty. Refused with `duty.taken`, `duty.over`, `driver.busy` or `assignment.illegal` and its findings; warnings pass. */
export const assignDuty = (needs: GiveDutyNeeds): Command<AssignDutyInput, Assigned> => {
  const { lock, give } = giveDuty(needs);
  return async (tx, input) => {
    const { duty, holder } = await lock(tx, input);
    if (holder) throw conflict("duty.taken", `Run ${duty.run} on ${duty.date} has a driver.`);
    return give(tx, duty, input, () => {});
  };
};
