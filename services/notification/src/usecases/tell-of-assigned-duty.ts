import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type DutyAssigned, type DutyWatch, hearAssigned } from "../model/duty-news.ts";
import { type TellNeeds, tell } from "./tell.ts";

export type TellOfAssignedDutyNeeds = TellNeeds & {
  readonly watches: { lock(tx: Tx, duty: DutyId): Promise<DutyWatch>; save(tx: Tx, watch: DutyWatch): Promise<void> };
};

/** A driver holds a duty: who got it hears of it, or of the roster or the swap that it came with. */
export const tellOfAssignedDuty = (needs: TellOfAssignedDutyNeeds): Command<DutyAssigned, void> => {
  const { watches } = needs;
  const spread = tell(needs);
  return async (tx, fact) => {
    const tidings = hearAssigned(await watches.lock(tx, fact.duty), fact);
    await watches.save(tx, tidings.watch);
    await spread(tx, tidings);
  };
};
