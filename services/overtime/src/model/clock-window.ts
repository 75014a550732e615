import type { Instant } from "@headway/kernel/clock";
import type { Interval } from "@headway/kernel/interval";
import { rememberedBy } from "@headway/kernel/remembered";
import { daysBetween, type PlainDate, Temporal } from "@headway/kernel/time";
import { dateShown } from "./calendar-day.ts";
import type { Spans } from "./spans.ts";

/**
 * Every window between two times of the clock that can touch `around`, in elapsed time: 22:00 to 06:00 lasts 7 h in
 * the night the clocks go forward and 9 h in that they go back.
 */
export const clockWindows = (
  { starts, ends }: Interval,
  from: Temporal.PlainTime,
  until: Temporal.PlainTime,
  zone: string,
): Spans => windowsOf(dateShown(starts, zone), dateShown(ends, zone), from, until, zone);

/** Those that start from the day before the first date to the last one. They are slow to find, and all the zone's drivers share them. */
const windowsOf = rememberedBy(
  (...given: [first: PlainDate, last: PlainDate, from: Temporal.PlainTime, until: Temporal.PlainTime, zone: string]) =>
    given.join(" "),
  (first, last, from, until, zone): Spans => {
    const overnight = Temporal.PlainTime.compare(until, from) <= 0;
    return daysBetween(first.subtract({ days: 1 }), last).map((date) => ({
      starts: clockInstant(date, from, zone, "earlier"),
      ends: clockInstant(overnight ? date.add({ days: 1 }) : date, until, zone, "later"),
    }));
  },
);

/** A time that the clock shows twice is the one that makes the window longer; one that it skips is the moment of the skip. */
const clockInstant = (date: PlainDate, time: Temporal.PlainTime, zone: string, twice: "earlier" | "later"): Instant => {
  const shown = date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: twice });
  if (shown.toPlainTime().equals(time)) return shown.toInstant();
  const afterSkip = date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "later" });
  return (afterSkip.getTimeZoneTransition("previous") ?? afterSkip).toInstant();
};
