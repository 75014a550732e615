import type { DepotId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { DepotTold } from "../model/facts.ts";

export type TakeDepotNeeds = {
  readonly facts: { keepDepot(tx: Tx, depot: DepotTold): Promise<void> };
  readonly weeks: {
    /** The weeks with work at the depot will be calculated anew. */
    markStaleAt(tx: Tx, depot: DepotId): Promise<void>;
  };
};

/** A depot has a zone: weeks that waited for it can be calculated. */
export const takeDepot =
  ({ facts, weeks }: TakeDepotNeeds): Command<DepotTold, void> =>
  async (tx, told) => {
    await facts.keepDepot(tx, told);
    await weeks.markStaleAt(tx, told.depot);
  };
