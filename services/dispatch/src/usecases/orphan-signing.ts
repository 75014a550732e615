import type { Instant } from "@headway/kernel/clock";
import { denied } from "@headway/kernel/domain-error";
import { type DepotId, type DriverId, firstVersion } from "@headway/kernel/ids";
import { dateAt } from "@headway/kernel/service-day";
import { earlier } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import type { DispatchEvent } from "../model/events.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import type { Signing, TakenSigning } from "../model/signing.ts";

export type OrphanSigningNeeds = {
  readonly drivers: { homeOf(tx: Tx, driver: DriverId): Promise<{ readonly depot: DepotId; readonly zone: string }> };
  readonly orphans: { add(tx: Tx, orphan: OrphanedSigning): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly DispatchEvent[]): Promise<void> };
};

type Untaken = {
  readonly taken: TakenSigning;
  /** Null where not even a duty is near. */
  readonly duty: Duty | null;
  /** Where the caller may sign; null is everywhere. */
  readonly depots: readonly DepotId[] | null;
  readonly now: Instant;
};

/**
 * A signing fits no assignment: it waits for a person, in the duty's depot or else in the driver's own, and that is told.
 * Refused with `driver.unknown`, or `caller.other-depot` where the caller may not sign there.
 */
export const orphanSigning =
  ({ drivers, orphans, events }: OrphanSigningNeeds) =>
  async (tx: Tx, { taken, duty, depots, now }: Untaken): Promise<void> => {
    const { depot, serviceDate } = duty ?? (await homeOf(drivers, tx, taken.signing, depots));
    const untouched = { state: "waiting", settled: null, dismissal: null, version: firstVersion } as const;
    const orphan = { taken, depot, serviceDate, receivedAt: now, ...untouched };
    await orphans.add(tx, orphan);
    await events.record(tx, [{ type: "SigningOrphaned", at: earlier(taken.signing.at, now), orphan }]);
  };

const homeOf = async (
  drivers: OrphanSigningNeeds["drivers"],
  tx: Tx,
  { driver, at }: Signing,
  depots: Untaken["depots"],
) => {
  const { depot, zone } = await drivers.homeOf(tx, driver);
  if (depots?.includes(depot) === false)
    throw denied("caller.other-depot", "This driver has no duty in your depots now, and belongs to another one.");
  return { depot, serviceDate: dateAt(at, zone) };
};
