import type { Instant } from "@headway/kernel/clock";
import type { DutyId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { keepTime } from "../model/keep-time.ts";
import { type Candidates, pick, type Replacement, type ReplacementWish } from "../model/replacement.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type WantReplacementInput = {
  readonly duty: DutyId;
  readonly expected: Version;
  readonly wish: ReplacementWish;
  /** Asked of scheduling just before. */
  readonly candidates: Candidates;
  readonly now: Instant;
};

export type WantReplacementNeeds = CarryOutNeeds & {
  readonly duties: { lock(tx: Tx, id: DutyId, expected: Version): Promise<Duty> };
  readonly replacements: { add(tx: Tx, replacement: Replacement, wantedAt: Instant): Promise<void> };
};

/** The first step of a replacement: the pick, written down. Refused with `duty.changed`, `replacement.under-way`, or as `pick` says. */
export const wantReplacement = (needs: WantReplacementNeeds): Command<WantReplacementInput, Replacement> => {
  const carry = carryOut(needs);
  return async (tx, { duty: id, expected, wish, candidates, now }) => {
    const before = await needs.duties.lock(tx, id, expected);
    const decision = keepTime(before, now);
    const replacement = pick(decision.next, wish, candidates, now);
    await needs.replacements.add(tx, replacement, now);
    await carry(tx, [{ before, decision }]);
    return replacement;
  };
};
