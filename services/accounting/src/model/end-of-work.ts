import type { Instant } from "@headway/kernel/clock";
import type { DutyId, Version } from "@headway/kernel/ids";
import { serviceInstant } from "@headway/kernel/service-day";
import { later, type PlainDate } from "@headway/kernel/time";

/** A duty as planning tells it. */
export type PlannedDuty = {
  readonly duty: DutyId;
  readonly date: PlainDate;
  readonly ends: Instant;
  readonly version: Version;
};

/** By what the work of some service days ends: the zones of all depots, and when the last duty of those days does; null for none. */
export type DaysOfWork = { readonly zones: readonly string[]; readonly lastDutyEnds: Instant | null };

/** Seconds. */
const wholeDay = 24 * 3600;
/** No day ends earlier anywhere. */
const firstZone = "Pacific/Kiritimati";

/** When the work of the service days until `last` is over: at 24:00 of every depot, and not before their duties that pass it. */
export const endOfWork = (last: PlainDate, { zones, lastDutyEnds }: DaysOfWork): Instant => {
  const dayEnds = [firstZone, ...zones].map((zone) => serviceInstant(last, wholeDay, zone)).reduce(later);
  return lastDutyEnds ? later(dayEnds, lastDutyEnds) : dayEnds;
};
