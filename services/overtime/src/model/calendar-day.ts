import type { Instant } from "@headway/kernel/clock";
import type { Interval } from "@headway/kernel/interval";
import { remembered, rememberedBy } from "@headway/kernel/remembered";
import { startOfDay } from "@headway/kernel/service-day";
import { daysBetween, type PlainDate, Temporal } from "@headway/kernel/time";

const dayMs = 24 * 60 * 60 * 1000;

/** The dates that the clock shows during it. */
export const calendarDays = ({ starts, ends }: Interval, zone: string): PlainDate[] =>
  daysBetween(dateShown(starts, zone), dateShown(ends, zone));

/** The calendar day in a zone, from midnight to midnight. */
export const calendarDay = rememberedBy(
  (date: PlainDate, zone: string) => `${date} ${zone}`,
  (date, zone): Interval => ({
    starts: startOfDay(date, zone),
    ends: startOfDay(date.add({ days: 1 }), zone),
  }),
);

/** The date that the clock shows at an instant. A zone's offset is asked for once a day: that is slow, and all its drivers share it. */
export const dateShown = (at: Instant, zone: string): PlainDate => {
  const ms = at.epochMilliseconds;
  const offset = offsetOn(Math.floor(ms / dayMs), zone);
  return offset === null ? at.toZonedDateTimeISO(zone).toPlainDate() : dateOf(Math.floor((ms + offset) / dayMs));
};

/** How far the zone's clock is ahead during a day of UTC, in milliseconds; null where it is changed on that day. */
const offsetOn = rememberedBy(
  (day: number, zone: string) => `${day} ${zone}`,
  (day, zone) => {
    const starts = Temporal.Instant.fromEpochMilliseconds(day * dayMs).toZonedDateTimeISO(zone);
    const change = starts.getTimeZoneTransition("next");
    const isChanged = change !== null && change.epochMilliseconds < (day + 1) * dayMs;
    return isChanged ? null : starts.offsetNanoseconds / 1_000_000;
  },
);

/** The date so many days after 1970-01-01. */
const dateOf = remembered((day: number) => Temporal.PlainDate.from("1970-01-01").add({ days: day }));
