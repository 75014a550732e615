import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type DutyReleased, type DutyWatch, hearReleased } from "../model/duty-news.ts";
import { type TellNeeds, tell } from "./tell.ts";

export type TellOfReleasedDutyNeeds = TellNeeds & {
  readonly watches: { lock(tx: Tx, duty: DutyId): Promise<DutyWatch>; save(tx: Tx, watch: DutyWatch): Promise<void> };
};

/** A driver holds a duty no longer, and hears of it, unless it was given away in a swap. */
export const tellOfReleasedDuty = (needs: TellOfReleasedDutyNeeds): Command<DutyReleased, void> => {
  const { watches } = needs;
  const spread = tell(needs);
  return async (tx, fact) => {
    const tidings = hearReleased(await watches.lock(tx, fact.duty), fact);
    await watches.save(tx, tidings.watch);
    await spread(tx, tidings);
  };
};
