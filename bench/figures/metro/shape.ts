import { Temporal } from "@headway/kernel/time";

/**
 * A metro as the figures need it: every driver of a depot has one duty on each worked day. Thing number n: depot
 * `floor(n / driversPerDepot)` of driver n; duty `(depot * days + day) * driversPerDepot + place of the driver in it`.
 */
export type Shape = {
  readonly depots: number;
  readonly driversPerDepot: number;
  /** ISO dates with a duty for each driver, in order. */
  readonly days: readonly string[];
  /** So many of the days, from the first, are in the roster already; the duties of the others are open. */
  readonly rostered: number;
  /** So many of the days, from the first, have been worked already. */
  readonly worked?: number;
  /** When a duty starts, as an SQL expression of its `service_date`, `depot` and `place` there; from 04:00 on where it is not said. */
  readonly starts?: string;
};

export const zone = "Europe/Paris";

/** Mondays to Fridays of so many weeks, from the first Monday that is at least a week off. */
export const weekdays = (weeks: number): readonly string[] => {
  const soon = Temporal.Now.plainDateISO(zone).add({ days: 7 });
  const monday = soon.add({ days: (8 - soon.dayOfWeek) % 7 });
  return Array.from({ length: weeks * 5 }, (_, index) =>
    monday.add({ days: Math.floor(index / 5) * 7 + (index % 5) }).toString(),
  );
};

/** The first and the last day of the rosters. */
export const periodOf = ({ days }: Shape): { readonly from: string; readonly to: string } => {
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) throw new Error("A metro needs a day.");
  return { from, to };
};

/** The duty of a driver (by its number in the metro) on a day (by its place). */
export const dutyNumber = ({ driversPerDepot, days }: Shape, driver: number, day: number): number =>
  (Math.floor(driver / driversPerDepot) * days.length + day) * driversPerDepot + (driver % driversPerDepot);
