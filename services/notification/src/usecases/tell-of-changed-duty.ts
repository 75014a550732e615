import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type DutyChanged, type DutyWatch, hearChanged } from "../model/duty-news.ts";
import { type TellNeeds, tell } from "./tell.ts";

export type TellOfChangedDutyNeeds = TellNeeds & {
  readonly watches: { lock(tx: Tx, duty: DutyId): Promise<DutyWatch>; save(tx: Tx, watch: DutyWatch): Promise<void> };
};

/** A duty has other times or pieces: whoever holds it hears of the newest change. */
export const tellOfChangedDuty = (needs: TellOfChangedDutyNeeds): Command<DutyChanged, void> => {
  const { watches } = needs;
  const spread = tell(needs);
  return async (tx, fact) => {
    const tidings = hearChanged(await watches.lock(tx, fact.duty), fact);
    await watches.save(tx, tidings.watch);
    await spread(tx, tidings);
  };
};
