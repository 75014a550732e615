import { Temporal } from "@headway/kernel/time";
import { epochMsOf, type ServiceDay, secondsOf } from "./service-clock.ts";

/** The clock on the wall jumps at `at` (service seconds) by `minutes`; from then on it differs by `ahead` minutes from service time. */
export type ClockChange = { readonly at: number; readonly minutes: number; readonly ahead: number };

/** The clock changes between two service times, so that a board can say where the wall and the timetable part. */
export const clockChanges = (day: ServiceDay, from: number, to: number): readonly ClockChange[] => {
  const found: ClockChange[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(epochMsOf(day, from)).toZonedDateTimeISO(day.zone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    const seconds = next === null ? Number.POSITIVE_INFINITY : secondsOf(day, next.epochMilliseconds);
    if (next === null || seconds > to) return found;
    const minutes = offsetMinutes(next) - offsetMinutes(at);
    if (minutes !== 0) found.push({ at: seconds, minutes, ahead: wallAhead(day, next, seconds) });
    at = next;
  }
};

const offsetMinutes = (at: Temporal.ZonedDateTime): number => at.offsetNanoseconds / 60e9;

const wallAhead = (day: ServiceDay, at: Temporal.ZonedDateTime, seconds: number): number => {
  const midnight = Temporal.PlainDate.from(day.date).toPlainDateTime();
  return Math.round(midnight.until(at.toPlainDateTime()).total("minutes") - seconds / 60);
};
