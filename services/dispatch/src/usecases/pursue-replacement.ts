import type { Clock } from "@headway/kernel/clock";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Replacement, ReplacementId, RosterAnswer } from "../model/replacement.ts";
import type { SettleReplacementInput } from "./settle-replacement.ts";

export type PursueReplacementNeeds = {
  readonly inTx: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly replacements: { get(id: ReplacementId): Promise<Replacement> };
  /** Asks for the same duty and driver again do no harm. Throws where there is no answer. */
  readonly roster: { cover(replacement: Replacement): Promise<RosterAnswer> };
  readonly settleReplacement: Command<SettleReplacementInput, void>;
};

/**
 * Drives a replacement to its end: ask the roster, note the answer, until it is covered or failed. Every step can be
 * cut off and taken again, also by two at once, because the answer is noted only for the state that was asked about.
 * Throws `unavailable` where the roster does not answer: it stays wanted, and the job takes it up.
 */
export const pursueReplacement =
  ({ inTx, clock, replacements, roster, settleReplacement }: PursueReplacementNeeds) =>
  async (id: ReplacementId): Promise<Replacement> => {
    for (;;) {
      const replacement = await replacements.get(id);
      if (replacement.state !== "wanted") return replacement;
      const answer = await roster.cover(replacement);
      await inTx((tx) => settleReplacement(tx, { replacement, answer, now: clock.now() }));
    }
  };
