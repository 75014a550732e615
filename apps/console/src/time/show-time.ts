import { dateAt, showServiceTime } from "@headway/kernel/service-day";
import { type PlainDate, parseDate, Temporal } from "@headway/kernel/time";
import { epochMsOf, type ServiceDay } from "./service-clock.ts";

/** A time as people read it: `25:10`, and the calendar date where it is not the service day's own (`22 Nov`). */
export type ShownTime = { readonly time: string; readonly date: string | null };

const daySeconds = 86_400;
const shortDate = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const longDate = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** Shows service seconds. Before the day starts there is no service time, so the clock on the wall is shown with its date. */
export const showTime = (day: ServiceDay, seconds: number): ShownTime => {
  if (seconds < 0) return showWallTime(day, seconds);
  const later = Math.floor(seconds / daySeconds);
  if (later === 0) return { time: showServiceTime(seconds), date: null };
  return { time: showServiceTime(seconds), date: showShortDate(parseDate(day.date, "day").add({ days: later })) };
};

/** The same moment by the clock on the wall: `01:10`, and `22 Nov` where that is not the service day. */
export const showWallTime = (day: ServiceDay, seconds: number): ShownTime => {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.round(epochMsOf(day, seconds)));
  const date = dateAt(at, day.zone);
  const time = at.toZonedDateTimeISO(day.zone).toPlainTime().toString({ smallestUnit: "minute" });
  return { time, date: date.toString() === day.date ? null : showShortDate(date) };
};

/** Service seconds of a time as people type it (`15:40`, `25:10`); null where it is none. */
export const readTime = (typed: string): number | null => {
  const [, hours, minutes] = /^\s*(\d{1,2}):([0-5]\d)\s*$/.exec(typed) ?? [];
  return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60;
};

/** `22 Nov` */
const showShortDate = (date: PlainDate): string => shortDate.format(utcNoon(date));

/** `Sat, 21 Nov 2026` */
export const showLongDate = (date: PlainDate): string => longDate.format(utcNoon(date));

/** The depot's clock on the wall: `14:32:05`. */
export const showClock = (epochMs: number, zone: string): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone);
  return at.toPlainTime().toString({ smallestUnit: "second" });
};

/** `6 min`, `2 h`, `2 h 05 min`. */
export const showMinutes = (minutes: number): string => {
  const whole = Math.abs(Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  if (whole % 60 === 0) return `${whole / 60} h`;
  return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")} min`;
};

const utcNoon = (date: PlainDate): number => Date.UTC(date.year, date.month - 1, date.day, 12);
