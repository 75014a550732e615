import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type FreeDutyNeeds, freeDuty } from "./free-duty.ts";

export type CancelDutyNeeds = FreeDutyNeeds & {
  /** Also one that is not known yet. */
  readonly duties: { cancel(tx: Tx, id: DutyId): Promise<void> };
};

/** Dispatch does not run a duty: nobody can be given it, and whoever holds it is free. */
export const cancelDuty = (needs: CancelDutyNeeds): Command<DutyId, void> => {
  const free = freeDuty(needs);
  return async (tx, id) => {
    await needs.duties.cancel(tx, id);
    await free(tx, id);
  };
};
