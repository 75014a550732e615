import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Holding, hearRoster, type RosterFact } from "../model/holding.ts";

export type NoteHoldingInput = { readonly duty: DutyId; readonly fact: RosterFact };

export type NoteHoldingNeeds = {
  readonly holdings: {
    lock(tx: Tx, duty: DutyId): Promise<readonly Holding[]>;
    save(tx: Tx, holdings: readonly Holding[]): Promise<void>;
  };
};

/** Scheduling gave a duty to a driver, or took it. Refused with `assignment.unknown`. */
export const noteHolding =
  ({ holdings }: NoteHoldingNeeds): Command<NoteHoldingInput, void> =>
  async (tx, { duty, fact }) => {
    const before = await holdings.lock(tx, duty);
    const after = hearRoster(before, fact);
    if (after !== before) await holdings.save(tx, after);
  };
