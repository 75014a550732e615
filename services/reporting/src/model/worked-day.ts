import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";

/** What a driver's day is worth, as of a revision. */
export type WorkedDay = {
  readonly driver: DriverId;
  readonly serviceDate: PlainDate;
  readonly depot: DepotId;
  readonly revision: number;
  readonly workedMinutes: number;
  /** Minutes by pay code. */
  readonly minutes: Readonly<Record<string, number>>;
};

/** What the components of a day come to, by pay code. */
export const minutesByCode = (
  components: readonly { readonly code: string; readonly minutes: number }[],
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { code, minutes } of components) sums[code] = (sums[code] ?? 0) + minutes;
  return sums;
};
