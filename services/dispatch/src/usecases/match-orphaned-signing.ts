import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { matchOrphaned } from "../model/match-orphaned.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import type { SigningId } from "../model/signing.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type MatchOrphanedSigningInput = {
  readonly signing: SigningId;
  readonly duty: DutyId;
  readonly assignment: AssignmentId;
  readonly by: string;
  readonly now: Instant;
};

export type MatchOrphanedSigningNeeds = CarryOutNeeds & {
  readonly orphans: {
    lock(tx: Tx, id: SigningId): Promise<OrphanedSigning>;
    save(tx: Tx, orphan: OrphanedSigning): Promise<void>;
  };
  readonly roster: { reinstate(tx: Tx, assignment: AssignmentId): Promise<void> };
  readonly duties: { lock(tx: Tx, id: DutyId): Promise<Duty> };
};

/** A dispatcher says for which assignment an orphaned signing was. Refused with `signing.unknown`, `duty.unknown` or as `matchOrphaned` says. */
export const matchOrphanedSigning = (needs: MatchOrphanedSigningNeeds): Command<MatchOrphanedSigningInput, void> => {
  const { orphans, roster, duties, events } = needs;
  const carry = carryOut(needs);
  return async (tx, { signing: id, duty, assignment, by, now }) => {
    const waiting = await orphans.lock(tx, id);
    // Before the duty, as the roster's consumer does. What the roster took away before, no later news takes away again.
    if (waiting.taken.signing.kind === "sign-on") await roster.reinstate(tx, assignment);
    const before = await duties.lock(tx, duty);
    const { orphan, decision } = matchOrphaned(before, assignment, waiting, { by, at: now });
    await orphans.save(tx, orphan);
    await carry(tx, [{ before, decision }]);
    await events.record(tx, [{ type: "SigningMatched", at: now, orphan, duty, assignment }]);
  };
};
