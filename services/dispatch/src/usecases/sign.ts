import type { Instant } from "@headway/kernel/clock";
import type { DepotId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import {
  mustBeRecent,
  mustBeSame,
  notInFuture,
  type Signing,
  type SigningId,
  type TakenSigning,
} from "../model/signing.ts";
import { takeSigning } from "../model/take-signing.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";
import { type DutyOfSigningNeeds, dutyOfSigning } from "./duty-of-signing.ts";
import { type OrphanSigningNeeds, orphanSigning } from "./orphan-signing.ts";

export type SignInput = {
  readonly signing: Signing;
  /** Where the caller may look for the driver's duty; null is everywhere. */
  readonly depots: readonly DepotId[] | null;
  readonly now: Instant;
};

export type SignNeeds = CarryOutNeeds &
  DutyOfSigningNeeds &
  OrphanSigningNeeds & {
    readonly signings: {
      find(tx: Tx, id: SigningId): Promise<TakenSigning | null>;
      /** Answers what is known of this id already, or null once it is added. */
      add(tx: Tx, taken: TakenSigning, receivedAt: Instant): Promise<TakenSigning | null>;
    };
  };

/**
 * A driver reports, rests or leaves; the same signing again gives the same answer and counts once. Refused with
 * `signing.in-future`, `signing.too-old`, `signing.id-taken`, `duty.unknown`, or as `takeSigning` and `orphanSigning` say.
 */
export const sign = (needs: SignNeeds): Command<SignInput, TakenSigning> => {
  const { signings } = needs;
  const [findDuty, carry, orphan] = [dutyOfSigning(needs), carryOut(needs), orphanSigning(needs)];
  return async (tx, { signing: said, depots, now }) => {
    const signing = { ...said, at: notInFuture(said.at, now) };
    const duty = await findDuty(tx, signing, depots);
    // Only now, behind the duty's lock: the same signing may have come twice at once.
    const known = await signings.find(tx, said.id);
    if (known) return sameAgain(known, said);
    mustBeRecent(signing, now);
    const { match, assignment, decision } = duty ? takeSigning(duty, signing) : fitsNowhere;
    const taken = { signing: said, match, duty: duty?.id ?? null, assignment };
    const meanwhile = await signings.add(tx, taken, now);
    if (meanwhile) return sameAgain(meanwhile, said);
    if (duty && decision) await carry(tx, [{ before: duty, decision }]);
    if (match === "orphaned") await orphan(tx, { taken, duty, depots, now });
    return taken;
  };
};

const fitsNowhere = { match: "orphaned", assignment: null, decision: null } as const;

const sameAgain = (known: TakenSigning, said: Signing): TakenSigning => {
  mustBeSame(known.signing, said);
  return known;
};
