import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { ServiceId } from "../ids.ts";

/** Monday first, as in `calendar.txt`. */
export type Week = readonly [boolean, boolean, boolean, boolean, boolean, boolean, boolean];

/** The days on which a set of trips runs: a week within a season, and exceptions. Either may be missing. */
export type Service = {
  readonly id: ServiceId;
  readonly season: { readonly week: Week; readonly from: PlainDate; readonly to: PlainDate } | null;
  /** ISO dates. */
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
};

export type Span = { readonly from: PlainDate; readonly to: PlainDate };

/** Whether the service runs on the day: an exception first, else the week within the season (GTFS reference, calendar_dates.txt). */
export const runsOn = ({ season, added, removed }: Service, date: PlainDate): boolean => {
  const day = date.toString();
  if (removed.has(day)) return false;
  if (added.has(day)) return true;
  if (!season || Temporal.PlainDate.compare(date, season.from) < 0 || Temporal.PlainDate.compare(date, season.to) > 0)
    return false;
  return season.week[date.dayOfWeek - 1] === true;
};

export const activeServices = (services: readonly Service[], date: PlainDate): ServiceId[] =>
  services.filter((service) => runsOn(service, date)).map(({ id }) => id);

/** The first and the last day that any of the services may run on, or null when there is none: a week without days is no season. */
export const spanOf = (services: readonly Service[]): Span | null => {
  const days = services
    .flatMap(({ season, added }) => [
      ...(season?.week.includes(true) ? [season.from.toString(), season.to.toString()] : []),
      ...added,
    ])
    .sort();
  const [first, last] = [days.at(0), days.at(-1)];
  return first && last ? { from: Temporal.PlainDate.from(first), to: Temporal.PlainDate.from(last) } : null;
};
