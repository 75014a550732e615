import type { Staffing } from "../demo/people.ts";
import type { Duty } from "./duty.ts";

/** Duties that one driver works in a week: two days are free. */
const dutiesAWeek = 5;
/** Drivers beyond the bare need, for rest between duties, sickness and the extraboard. */
const reserve = 1.22;
const leastSpare = 3;

/** How many drivers each depot needs for its duties, qualified for all that it works. In the order of the depots' codes. */
export const neededDrivers = (duties: readonly Duty[], weeklyMinutes: number): Staffing[] => {
  const byDepot = [...Map.groupBy(duties, ({ depot }) => depot)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byDepot.map(([depot, own]) => ({
    depot,
    drivers: Math.ceil(bareNeed(own, weeklyMinutes) * reserve) + leastSpare,
    qualifications: [...new Set(own.map(({ qualification }) => qualification))].filter((code) => code !== "").sort(),
  }));
};

/** The largest of: duties on one day, a week's duties by days worked, a week's minutes by contract. */
const bareNeed = (duties: readonly Duty[], weeklyMinutes: number): number => {
  const days = new Map<string, Duty[]>(Map.groupBy(duties, ({ date }) => date));
  const dates = [...days.keys()].sort();
  const weeks = Map.groupBy(duties, ({ date }) => Math.floor(dates.indexOf(date) / 7));
  return Math.max(
    ...[...days.values()].map((day) => day.length),
    ...[...weeks.values()].map((week) => week.length / dutiesAWeek),
    ...[...weeks.values()].map((week) => week.reduce((sum, { workMinutes }) => sum + workMinutes, 0) / weeklyMinutes),
  );
};
