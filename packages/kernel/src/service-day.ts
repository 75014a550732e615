import type { Instant } from "./clock.ts";
import { invalid } from "./domain-error.ts";
import type { PlainDate } from "./time.ts";

/** Seconds since the service day's start; may pass 24 hours. */
export type ServiceSeconds = number;

/**
 * Where a service day starts: noon minus 12 hours of elapsed time in the zone (GTFS reference, "Time").
 * That is midnight, but for the two days a year when the clocks change.
 */
export const serviceDayStart = (date: PlainDate, zone: string): Instant =>
  date.toZonedDateTime({ timeZone: zone, plainTime: "12:00" }).toInstant().subtract({ hours: 12 });

/** The instant of a service time on a service day. */
export const serviceInstant = (date: PlainDate, seconds: ServiceSeconds, zone: string): Instant =>
  serviceDayStart(date, zone).add({ seconds });

/** The service time of an instant on a given service day, in seconds; the inverse of `serviceInstant`. */
export const serviceSeconds = (date: PlainDate, at: Instant, zone: string): ServiceSeconds =>
  Math.round((at.epochMilliseconds - serviceDayStart(date, zone).epochMilliseconds) / 1000);

/** The calendar day of an instant in a zone. */
export const dateAt = (at: Instant, zone: string): PlainDate => at.toZonedDateTimeISO(zone).toPlainDate();

/** Where a calendar day starts in a zone (its first instant, also where midnight does not exist). */
export const startOfDay = (date: PlainDate, zone: string): Instant =>
  date.toZonedDateTime(zone).startOfDay().toInstant();

/** Reads `H:MM:SS` or `HH:MM:SS`, past 24:00 too, as seconds. Refused with `field.not-a-service-time`. */
export const parseServiceTime = (text: string, field: string): ServiceSeconds => {
  const [, hours, minutes, seconds] = /^\s*(\d{1,3}):([0-5]\d):([0-5]\d)\s*$/.exec(text) ?? [];
  if (hours === undefined)
    throw invalid("field.not-a-service-time", `${field} must be a time like 25:10:00, not "${text}".`, { field });
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
};

/** `25:10` for 90,600 seconds. */
export const showServiceTime = (seconds: ServiceSeconds): string => {
  const minutes = Math.floor(seconds / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};
