import type { EmployeeId } from "@headway/kernel/ids";
import type { Minor } from "@headway/kernel/money";
import type { PlainDate } from "@headway/kernel/time";

/** What an hour of a driver costs from a day on, until the driver's next rate. */
export type Rate = {
  readonly driver: EmployeeId;
  readonly employeeNumber: string;
  readonly from: PlainDate;
  readonly hourly: Minor;
  readonly currency: string;
};

/** The rate in force on a day; null before the first. */
export const rateOn = (date: PlainDate, rates: readonly Rate[]): Rate | null =>
  rates
    .filter(({ from }) => from.since(date).sign <= 0)
    .toSorted((a, b) => a.from.since(b.from).sign)
    .at(-1) ?? null;
