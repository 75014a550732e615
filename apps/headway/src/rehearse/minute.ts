import { serviceDayStart } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";

/** Whole minutes since the epoch: the grain in which the rehearsal lives. */
export type Minute = number;

/** The minute that has begun at an instant. */
export const minuteOf = (instant: string): Minute =>
  Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 60_000);

export const instantOf = (minute: Minute): string => Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString();

/** Where a service day starts, noon minus 12 hours. */
export const dayStart = (date: PlainDate, zone: string): Minute =>
  Math.floor(serviceDayStart(date, zone).epochMilliseconds / 60_000);

/** A minute for people: 2026-11-21 07:16. */
export const shownMinute = (minute: Minute, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" })
    .replace("T", " ");
