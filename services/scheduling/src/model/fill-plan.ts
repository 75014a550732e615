import type { CountedDriver, CountedDuty } from "./counted.ts";
import { type Day, weekdayOf } from "./day.ts";

/** What filling would like of a driver's weeks: the same two days off, and work at about the same hours. */
export type Wish = {
  /** 0 for Monday: the first of the two days off. */
  readonly dayOff: number;
  /** Milliseconds since midnight UTC of the service date: when this driver's duties should start. */
  readonly hour: number;
};

const daysInWeek = 7;
const millisecondsInDay = 86_400_000;

/** A duty's start within its service date. */
export const hourOf = (duty: CountedDuty): number => duty.starts - duty.day * millisecondsInDay;

export const isDayOff = ({ dayOff }: Wish, day: Day): boolean =>
  (weekdayOf(day) - dayOff + daysInWeek) % daysInWeek < 2;

/**
 * A wish for each driver. Days off fall where there is least to do; the hours are those of the duties held already, or lie
 * as the starts of the open duties do. Drivers of the same qualifications share out what they are qualified for.
 */
export const wishesFor = (
  drivers: readonly CountedDriver[],
  duties: readonly CountedDuty[],
): { readonly driver: CountedDriver; readonly wish: Wish }[] =>
  [...Map.groupBy(drivers, codesOf).values()].flatMap((members) => {
    const theirs = duties.filter(({ qualification }) => canDrive(members, qualification));
    const hours = theirs.map(hourOf).sort((a, b) => a - b);
    const daysOff = shareDaysOff(members.length, dutiesByWeekday(theirs));
    return members.map((driver, index) => ({
      driver,
      wish: {
        dayOff: daysOff[index] ?? 0,
        hour: usualHour(driver) ?? hours[Math.floor(((index + 0.5) / members.length) * hours.length)] ?? 0,
      },
    }));
  });

const usualHour = ({ standing }: CountedDriver): number | null =>
  standing.length === 0 ? null : standing.reduce((sum, duty) => sum + hourOf(duty), 0) / standing.length;

const codesOf = ({ qualifications }: CountedDriver): string =>
  [...new Set(qualifications.map(({ code }) => code))].sort().join(" ");

const canDrive = ([driver]: readonly CountedDriver[], qualification: string | null): boolean =>
  qualification === null || (driver?.qualifications.some(({ code }) => code === qualification) ?? false);

const dutiesByWeekday = (duties: readonly CountedDuty[]): number[] => {
  const counts = Array.from({ length: daysInWeek }, () => 0);
  for (const { day } of duties) counts[weekdayOf(day)] = (counts[weekdayOf(day)] ?? 0) + 1;
  return counts;
};

/**
 * The first day off of each of `count` drivers. Each pair of days is taken as often as leaves the free hands in
 * proportion to the work, and the pairs alternate, so that neighbours in the order are off on different days.
 */
const shareDaysOff = (count: number, demand: readonly number[]): number[] => {
  const total = demand.reduce((sum, duties) => sum + duties, 0) || 1;
  const wanted = demand.map((duties) => (duties / total) * count * (daysInWeek - 2));
  const working = Array.from({ length: daysInWeek }, () => count);
  const quota = Array.from({ length: daysInWeek }, () => 0);
  const spare = (day: number): number => (working[day % daysInWeek] ?? 0) - (wanted[day % daysInWeek] ?? 0);
  const weekdays = [...wanted.keys()];
  for (let driver = 0; driver < count; driver++) {
    const pair = best(weekdays, (day) => Math.min(spare(day), spare(day + 1)) * 2 + spare(day) + spare(day + 1));
    quota[pair] = (quota[pair] ?? 0) + 1;
    for (const day of [pair, (pair + 1) % daysInWeek]) working[day] = (working[day] ?? 0) - 1;
  }
  const given = weekdays.map(() => 0);
  return Array.from({ length: count }, (_, index) => {
    const pair = best(weekdays, (day) => ((quota[day] ?? 0) * (index + 1)) / count - (given[day] ?? 0));
    given[pair] = (given[pair] ?? 0) + 1;
    return pair;
  });
};

const best = (values: readonly number[], worth: (value: number) => number): number =>
  values.reduce((found, value) => (worth(value) > worth(found) ? value : found));
