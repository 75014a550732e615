import { serviceDayStart } from "@headway/kernel/service-day";
import { parseDate } from "@headway/kernel/time";

/** A service day of a zone with its start worked out once, so that thousands of instants are placed by subtraction. */
export type ServiceDay = { readonly date: string; readonly zone: string; readonly startsMs: number };

/** Opens a service day for placing instants on it. Refused with `field.not-a-date`. */
export const openServiceDay = (date: string, zone: string): ServiceDay => ({
  date,
  zone,
  startsMs: serviceDayStart(parseDate(date, "day"), zone).epochMilliseconds,
});

/** Service seconds of an instant in epoch milliseconds; below 0 before the day starts, above 86,400 after midnight. */
export const secondsOf = (day: ServiceDay, epochMs: number): number => (epochMs - day.startsMs) / 1000;

/** Epoch milliseconds of service seconds; the inverse of `secondsOf`. */
export const epochMsOf = (day: ServiceDay, seconds: number): number => day.startsMs + seconds * 1000;

/** Service seconds of an ISO instant. */
export const readSeconds = (day: ServiceDay, iso: string): number => secondsOf(day, Date.parse(iso));
