import type { Command, Tx } from "@headway/kernel/tx";
import { type Depot, openDepot as decide } from "../model/depot.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type OpenDepotInput = { readonly code: string; readonly name: string; readonly zone: string };

export type OpenDepotNeeds = {
  readonly depots: { add(tx: Tx, depot: Depot): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A depot takes up its work. Refused with `depot.code-taken`. */
export const openDepot =
  ({ depots, events }: OpenDepotNeeds): Command<OpenDepotInput, Depot> =>
  async (tx, input) => {
    const { next, event } = decide(input);
    await depots.add(tx, next);
    await events.record(tx, [event]);
    return next;
  };
