import type { Instant } from "@headway/kernel/clock";
import type { Command, Tx } from "@headway/kernel/tx";
import type { DispatchEvent } from "../model/events.ts";
import { type Dismissal, dismiss, type OrphanedSigning } from "../model/orphaned-signing.ts";
import type { SigningId } from "../model/signing.ts";

export type DismissOrphanedSigningInput = {
  readonly signing: SigningId;
  readonly dismissal: Dismissal;
  readonly by: string;
  readonly now: Instant;
};

export type DismissOrphanedSigningNeeds = {
  readonly orphans: {
    lock(tx: Tx, id: SigningId): Promise<OrphanedSigning>;
    save(tx: Tx, orphan: OrphanedSigning): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly DispatchEvent[]): Promise<void> };
};

/** A dispatcher says that an orphaned signing counts for nothing. Refused with `signing.unknown` or as `dismiss` says. */
export const dismissOrphanedSigning =
  ({ orphans, events }: DismissOrphanedSigningNeeds): Command<DismissOrphanedSigningInput, void> =>
  async (tx, { signing, dismissal, by, now: at }) => {
    const orphan = dismiss(await orphans.lock(tx, signing), dismissal, { by, at });
    await orphans.save(tx, orphan);
    await events.record(tx, [{ type: "SigningDismissed", at, orphan, reason: dismissal.reason }]);
  };
