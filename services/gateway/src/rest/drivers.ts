import type { Named } from "../outbound/names.ts";
import { orNull } from "./wire.ts";

type Known = ReadonlyMap<string, Named>;

/** A driver with number and name; events and read models carry the id alone. */
export const driverOf = (id: string, names: Known) => ({ driverId: id, ...namesOf(id, names) });

/** The same where there may be nobody. */
export const driverOrNone = (id: string, names: Known) => ({ driverId: orNull(id), ...namesOf(id, names) });

export const nameOf = (id: string, names: Known): string | null => names.get(id)?.name ?? null;

const namesOf = (id: string, names: Known) => ({
  driverNumber: names.get(id)?.number ?? null,
  driverName: nameOf(id, names),
});
