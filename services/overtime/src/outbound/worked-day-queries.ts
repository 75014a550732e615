import { missing } from "@headway/kernel/domain-error";
import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { DaySpan } from "@headway/kernel/time";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import type { Problem, ValuedDay } from "../model/value-week.ts";
import { type DayRecord, recordReader } from "./worked-week-record.ts";

/** Which revision of a day is the final one; what it is worth, WorkedDayCalculated has told. */
export type FinalDay = { readonly driver: DriverId; readonly date: PlainDate; readonly revision: number };
export type UnpayableDay = { readonly driver: DriverId; readonly date: PlainDate; readonly problem: Problem };

export const workedDayQueries = ({ rows }: Database) => ({
  /** By date. */
  async list(driver: DriverId, { from, to }: DaySpan): Promise<readonly ValuedDay[]> {
    const records = await rows<DayRecord>(
      `select service_date, depot_id, revision, worked_minutes, components
       from worked_week, jsonb_to_recordset(days)
         as day (service_date date, depot_id uuid, revision integer, worked_minutes integer, components jsonb)
       where driver_id = $1 and ${inSpan("$2", "$3")} order by service_date`,
      [driver, from.toString(), to.toString()],
    );
    const { toValuedDay } = recordReader();
    return records.map((record) => toValuedDay(driver, record));
  },

  /** Every calculated day of the span at its newest revision. */
  async finalDays({ from, to }: DaySpan): Promise<readonly FinalDay[]> {
    const records = await rows<{ driver_id: DriverId; service_date: string; revision: number }>(
      `select driver_id, service_date, revision
       from worked_week, jsonb_to_recordset(days) as day (service_date date, revision integer)
       where ${inSpan("$1", "$2")} order by driver_id, service_date`,
      [from.toString(), to.toString()],
    );
    const { toDate } = recordReader();
    return records.map(({ driver_id, service_date, revision }) => ({
      driver: driver_id,
      date: toDate(service_date),
      revision,
    }));
  },

  /** Days of the span with work whose week could not be calculated. */
  async unpayable({ from, to }: DaySpan): Promise<readonly UnpayableDay[]> {
    const records = await rows<{ driver_id: DriverId; service_date: string; problem: Problem }>(
      `select distinct driver_id, service_date, problem from driver_week join worked_time using (driver_id, first_day)
       where problem is not null and service_date between $1 and $2 order by driver_id, service_date`,
      [from.toString(), to.toString()],
    );
    return records.map(({ driver_id, service_date, problem }) => ({
      driver: driver_id,
      date: Temporal.PlainDate.from(service_date),
      problem,
    }));
  },

  /** Refused with `driver.unknown`. */
  async depotOf(driver: DriverId): Promise<DepotId> {
    const [record] = await rows<{ depot_id: DepotId }>(
      "select depot_id from driver where id = $1 and depot_id is not null",
      [driver],
    );
    if (!record) throw missing("driver.unknown", "There is no such driver.");
    return record.depot_id;
  },
});

/** Days of a span, by their weeks: the first may begin up to six days before it. */
const inSpan = (from: string, to: string): string =>
  `first_day between ${from}::date - 6 and ${to}::date and service_date between ${from}::date and ${to}::date`;
