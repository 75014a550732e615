import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type DayFact, type DutyDay, hearDay } from "../model/duty-day.ts";

export type NoteDayInput = { readonly duty: DutyId; readonly fact: DayFact };

export type NoteDayNeeds = {
  readonly days: {
    lock(tx: Tx, duty: DutyId): Promise<DutyDay>;
    save(tx: Tx, duty: DutyId, day: DutyDay): Promise<void>;
  };
};

/** Dispatch told something of a duty. */
export const noteDay =
  ({ days }: NoteDayNeeds): Command<NoteDayInput, void> =>
  async (tx, { duty, fact }) => {
    const before = await days.lock(tx, duty);
    const day = hearDay(before, fact);
    if (day !== before) await days.save(tx, duty, day);
  };
