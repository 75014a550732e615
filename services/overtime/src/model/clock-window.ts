import type { Instant } from "@headway/kernel/clock";
import type { Interval } from "@headway/kernel/interval";
import { dateAt, startOfDay } from "@headway/kernel/service-day";
import { daysBetween, type PlainDate, Temporal } from "@headway/kernel/time";
import type { Spans } from "./spans.ts";

/**
 * Every window between two times of the clock that can touch `around`, in elapsed time: 22:00 to 06:00 lasts 7 h in
 * the night the clocks go forward and 9 h in that they go back.
 */
export const clockWindows = (
  around: Interval,
  from: Temporal.PlainTime,
  until: Temporal.PlainTime,
  zone: string,
): Spans => {
  const overnight = Temporal.PlainTime.compare(until, from) <= 0;
  const [first, ...others] = calendarDays(around, zone);
  const dates = first ? [first.subtract({ days: 1 }), first, ...others] : [];
  return dates.map((date) => ({
    starts: clockInstant(date, from, zone, "earlier"),
    ends: clockInstant(overnight ? date.add({ days: 1 }) : date, until, zone, "later"),
  }));
};

/** The dates that the clock shows during it. */
export const calendarDays = ({ starts, ends }: Interval, zone: string): PlainDate[] =>
  daysBetween(dateAt(starts, zone), dateAt(ends, zone));

/** The calendar day in a zone, from midnight to midnight. */
export const calendarDay = (date: PlainDate, zone: string): Interval => ({
  starts: startOfDay(date, zone),
  ends: startOfDay(date.add({ days: 1 }), zone),
});

/** A time that the clock shows twice is the one that makes the window longer; one that it skips is the moment of the skip. */
const clockInstant = (date: PlainDate, time: Temporal.PlainTime, zone: string, twice: "earlier" | "later"): Instant => {
  const shown = date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: twice });
  if (shown.toPlainTime().equals(time)) return shown.toInstant();
  const afterSkip = date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "later" });
  return (afterSkip.getTimeZoneTransition("previous") ?? afterSkip).toInstant();
};
