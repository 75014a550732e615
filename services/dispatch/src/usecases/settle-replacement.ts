import type { Instant } from "@headway/kernel/clock";
import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { andThen, happened } from "../model/events.ts";
import { followRoster, type Rostered, type RosteredAssignment } from "../model/follow.ts";
import { keepTime } from "../model/keep-time.ts";
import {
  cover,
  type Replacement,
  type ReplacementId,
  type RosterAnswer,
  type RosterCovers,
  refuse,
} from "../model/replacement.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type SettleReplacementInput = {
  /** As it was when the roster was asked. */
  readonly replacement: Replacement;
  readonly answer: RosterAnswer;
  readonly now: Instant;
};

export type SettleReplacementNeeds = CarryOutNeeds & {
  readonly duties: { lock(tx: Tx, id: DutyId): Promise<Duty> };
  readonly replacements: {
    lock(tx: Tx, id: ReplacementId): Promise<Replacement>;
    save(tx: Tx, replacement: Replacement): Promise<void>;
  };
  readonly roster: {
    assign(tx: Tx, rostered: Rostered, rosterVersion: null, at: Instant): Promise<void>;
    ofDuty(tx: Tx, duty: DutyId): Promise<readonly RosteredAssignment[]>;
  };
};

/**
 * The last step of a replacement, or the next try. The driver has the duty at once; the roster's event, which comes
 * later, finds it done. Where another process has settled the same answer, nothing happens.
 */
export const settleReplacement = (needs: SettleReplacementNeeds): Command<SettleReplacementInput, void> => {
  const { duties, replacements, roster } = needs;
  const carry = carryOut(needs);
  return async (tx, { replacement: asked, answer, now }) => {
    // In the order of the roster's consumer, which may be noting the same assignment: first the news, then the duty.
    if (answer.kind === "covered") await roster.assign(tx, rosteredOf(asked, answer), null, now);
    const before = await duties.lock(tx, asked.duty);
    const current = await replacements.lock(tx, asked.id);
    if (current.version !== asked.version) return;
    if (answer.kind !== "covered") return replacements.save(tx, refuse(current, answer));
    const { assignment, driver } = answer;
    await replacements.save(tx, cover(current, assignment));
    const rostered = await roster.ofDuty(tx, before.id);
    const followed = andThen(keepTime(before, now), (duty) => followRoster(duty, rostered));
    const { id: replacement, reason, passedOver } = current;
    const decision = andThen(followed, (duty) =>
      happened(duty, { type: "ReplacementPicked", at: now, assignment, driver, replacement, reason, passedOver }),
    );
    await carry(tx, [{ before, decision }]);
  };
};

const rosteredOf = ({ duty }: Replacement, { assignment: id, driver }: RosterCovers): Rostered => ({
  id,
  duty,
  driver,
});
