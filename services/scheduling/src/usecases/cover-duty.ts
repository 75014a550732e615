import { conflict } from "@headway/kernel/domain-error";
import type { DriverId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import { type Assignment, type Held, mayMove, type ReleaseCause } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import { type GiveDutyInput, type GiveDutyNeeds, giveDuty } from "./give-duty.ts";

export type CoverDutyInput = GiveDutyInput & {
  /** Why whoever holds it is taken off; null if the duty is thought to be open. */
  readonly cause: ReleaseCause | null;
  /** Who is thought to hold it; null for whoever does. */
  readonly insteadOf: DriverId | null;
};

/**
 * Takes a duty from whoever cannot work it and gives it to another, as one change; the same driver again changes nothing.
 * Refused with `duty.taken` where no cause is given or somebody else holds it, `duty.under-way`, `duty.over`, `driver.busy` or
 * `assignment.illegal`.
 */
export const coverDuty = (needs: GiveDutyNeeds): Command<CoverDutyInput, Held> => {
  const { lock, give } = giveDuty(needs);
  return async (tx, input) => {
    const { duty, holder } = await lock(tx, input);
    if (holder?.driver === input.driver) return { assignment: holder, duty };
    return give(tx, duty, input, (change) => {
      if (holder) change.release({ assignment: holder, duty }, causeFor(input, holder, duty));
    });
  };
};

const causeFor = ({ cause, insteadOf }: CoverDutyInput, holder: Assignment, { run, date }: Duty): ReleaseCause => {
  if (cause === null || (insteadOf !== null && insteadOf !== holder.driver))
    throw conflict("duty.taken", `Run ${run} on ${date} has another driver.`);
  if (!mayMove(holder, "Release"))
    throw conflict("duty.under-way", `Run ${run} on ${date} is ${holder.state} by another driver.`);
  return cause;
};
