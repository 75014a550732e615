import { dateAt } from "@headway/kernel/service-day";
import { Temporal } from "@headway/kernel/time";

/** Until this hour of the night the service day before is the one that runs. */
const turnsAt = 3;

/** The service day (ISO date) that a control room means by "today". */
export const runningDay = (epochMs: number, zone: string): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs));
  const date = dateAt(at, zone);
  const early = at.toZonedDateTimeISO(zone).hour < turnsAt;
  return (early ? date.subtract({ days: 1 }) : date).toString();
};
