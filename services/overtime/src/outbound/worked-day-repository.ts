import { missing } from "@headway/kernel/domain-error";
import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { DaySpan } from "@headway/kernel/time";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { execute } from "@headway/postgres/transaction";
import type { Problem, ValuedDay } from "../model/value-week.ts";
import { componentWriter, recordReader, type WorkedDayRecord, workedDayColumns } from "./worked-day-record.ts";

export const workedDayRepository = {
  async save(tx: Tx, days: readonly ValuedDay[]): Promise<void> {
    const toJson = componentWriter();
    await execute(
      tx,
      `insert into worked_day (driver_id, service_date, depot_id, revision, worked_minutes, components)
       select driver_id, service_date, depot_id, revision, worked_minutes, components
       from unnest($1::uuid[], $2::date[], $3::uuid[], $4::integer[], $5::integer[], $6::jsonb[])
         as said (driver_id, service_date, depot_id, revision, worked_minutes, components)
       on conflict (driver_id, service_date) do update set depot_id = excluded.depot_id, revision = excluded.revision,
         worked_minutes = excluded.worked_minutes, components = excluded.components`,
      [
        days.map(({ driver }) => driver),
        days.map(({ date }) => date.toString()),
        days.map(({ depot }) => depot),
        days.map(({ revision }) => revision),
        days.map(({ workedMinutes }) => workedMinutes),
        days.map(({ components }) => toJson(components)),
      ],
    );
  },
};

export type DayTotal = { readonly driver: DriverId; readonly date: PlainDate; readonly revision: number };
export type UnpayableDay = { readonly driver: DriverId; readonly date: PlainDate; readonly problem: Problem };

export const workedDayQueries = ({ rows }: Database) => ({
  /** By date. */
  async list(driver: DriverId, { from, to }: DaySpan): Promise<readonly ValuedDay[]> {
    const records = await rows<WorkedDayRecord>(
      `select ${workedDayColumns} from worked_day where driver_id = $1 and service_date between $2 and $3 order by service_date`,
      [driver, from.toString(), to.toString()],
    );
    return records.map(recordReader().toValuedDay);
  },

  /** Every calculated day of the span and its newest revision. */
  async totals({ from, to }: DaySpan): Promise<readonly DayTotal[]> {
    const records = await rows<{ driver_id: DriverId; service_date: string; revision: number }>(
      `select driver_id, service_date, revision from worked_day where service_date between $1 and $2
       order by driver_id, service_date`,
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
