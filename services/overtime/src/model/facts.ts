import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Contract, Week } from "./week.ts";
import type { WorkedDuty } from "./worked-day.ts";

/** Work as dispatch tells it. A record of a later version of the duty takes the place of the one before. */
export type WorkTold = Omit<WorkedDuty, "zone"> & { readonly driver: DriverId; readonly version: number };

/** Terms as hr tells them. */
export type ContractTold = Contract & { readonly driver: DriverId };

export type DepotTold = { readonly depot: DepotId; readonly zone: string };

/** Where a driver reports. */
export type DriverTold = { readonly driver: DriverId; readonly depot: DepotId; readonly version: number };

/** What a batch of events tells of. */
export type Telling = {
  readonly drivers: readonly DriverId[];
  readonly weeks?: readonly Week[];
  readonly opensDepot?: boolean;
};
