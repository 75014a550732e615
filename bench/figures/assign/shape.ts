import { type Shape, weekdays } from "../metro/shape.ts";

/** One depot; each of its drivers has an open duty of 8 hours on each weekday of so many weeks. */
export const openDepot = (drivers: number, weeks: number): Shape => ({
  depots: 1,
  driversPerDepot: drivers,
  days: weekdays(weeks),
  rostered: 0,
});

/** How many assignments there are to be made, and all of them lawful. */
export const dutiesOf = ({ driversPerDepot, days }: Shape): number => driversPerDepot * days.length;
