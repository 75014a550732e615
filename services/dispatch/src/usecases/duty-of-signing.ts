import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { matchSigning } from "../model/match-signing.ts";
import type { Signing } from "../model/signing.ts";

export type DutyOfSigningNeeds = {
  readonly duties: {
    lock(tx: Tx, id: DutyId): Promise<Duty>;
    /** The driver's duties around the instant. */
    lockNear(tx: Tx, driver: DriverId, at: Instant): Promise<readonly Duty[]>;
  };
};

/** Locks the duty that a signing names, or of those in these depots (null is all) the one that it fits; null where nothing is near. */
export const dutyOfSigning =
  ({ duties }: DutyOfSigningNeeds) =>
  async (tx: Tx, signing: Signing, depots: readonly DepotId[] | null): Promise<Duty | null> => {
    if (signing.duty) return duties.lock(tx, signing.duty);
    const near = await duties.lockNear(tx, signing.driver, signing.at);
    return matchSigning(
      near.filter(({ depot }) => depots?.includes(depot) ?? true),
      signing,
    );
  };
