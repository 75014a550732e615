import type { components } from "@headway/contracts/gen/openapi/dispatcher";

type Contract = components["schemas"]["Contract"];
type Assignment = components["schemas"]["Assignment"];

/** A driver's week in minutes of work time. */
export type DriverWeek = {
  /** Of the duty that is looked at; null where the roster has the driver on another one. */
  readonly duty: number | null;
  readonly week: number;
  /** What the contract of that day says; null where there is none. */
  readonly contract: number | null;
};

/** What a driver works in a week, held against the contract that holds on a day (ISO date). */
export const driverWeekOf = (
  assignments: readonly Assignment[],
  contracts: readonly Contract[],
  dutyId: string,
  date: string,
): DriverWeek => ({
  duty: assignments.find((one) => one.dutyId === dutyId)?.workMinutes ?? null,
  week: assignments.reduce((sum, { workMinutes }) => sum + workMinutes, 0),
  contract:
    contracts
      .filter(({ validFrom }) => validFrom <= date)
      .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
      .at(0)?.weeklyMinutes ?? null,
});
