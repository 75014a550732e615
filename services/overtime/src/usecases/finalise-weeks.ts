import type { DaySpan } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Week, weeksEndingIn } from "../model/week.ts";

export type FinaliseWeeksNeeds = {
  readonly weeks: {
    /** Marks them as final, and those of their drivers' weeks that were not as stale. */
    finalise(tx: Tx, weeks: readonly Week[]): Promise<void>;
  };
};

/** The weeks that end in a pay period are over: what is guaranteed for a week counts from now on. */
export const finaliseWeeks =
  ({ weeks }: FinaliseWeeksNeeds): Command<DaySpan, void> =>
  (tx, span) =>
    weeks.finalise(tx, weeksEndingIn(span));
