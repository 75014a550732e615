import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type FreeDutyNeeds, freeDuty } from "./free-duty.ts";

export type WithdrawDutyNeeds = FreeDutyNeeds & {
  readonly duties: { withdraw(tx: Tx, id: DutyId): Promise<void> };
};

/** Planning takes a duty out of the timetable: nobody can be given it, and whoever holds it is free. */
export const withdrawDuty = (needs: WithdrawDutyNeeds): Command<DutyId, void> => {
  const free = freeDuty(needs);
  return async (tx, id) => {
    await needs.duties.withdraw(tx, id);
    await free(tx, id);
  };
};
