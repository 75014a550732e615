import type { DepotId, EmployeeId } from "@headway/kernel/ids";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { FinalDay } from "../model/closing.ts";
import type { PayPeriod, PayPeriodId } from "../model/pay-period.ts";
import type { DayToPay, PayComponent, WorkedDay } from "../model/payroll-line.ts";
import { type IntervalRecord, type LineRecord, lineColumns, toInterval, toLine } from "./payroll-line-record.ts";

/** What overtime says that days are worth, and which period paid it. */
export const workedDayRepository = {
  /** In all its revisions, because a period pays exactly those that overtime made final. */
  async keep(tx: Tx, { driver, date, revision, depot, components }: WorkedDay): Promise<void> {
    await execute(
      tx,
      `insert into worked_day (driver_id, service_date, revision, depot_id, components) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [driver, date.toString(), revision, depot, JSON.stringify(components)],
    );
  },

  async countMissing(tx: Tx, days: readonly FinalDay[]): Promise<number> {
    const [counted] = await rows<{ missing: number }>(
      tx,
      `select count(*) as missing from ${finalDays}
         left join worked_day on driver_id = driver and service_date = day and revision = newest
         left join depot on depot.id = depot_id
       where depot.id is null`,
      toColumns(days),
    );
    return counted?.missing ?? 0;
  },

  async settle(tx: Tx, { id }: PayPeriod, days: readonly FinalDay[]): Promise<void> {
    await execute(
      tx,
      `update worked_day set settled_in = $4 from ${finalDays}
       where driver_id = driver and service_date = day and revision <= newest and settled_in is null`,
      [...toColumns(days), id],
    );
    await execute(
      tx,
      `update worked_day set settled_in = $1, recheck = false from pay_period
       where (settled_in is null or recheck) and service_date between first_day and last_day
         and state in ('exported', 'closed')
         and depot_id in (select id from depot)`,
      [id],
    );
  },

  async unsettle(tx: Tx, id: PayPeriodId): Promise<void> {
    await execute(tx, "update worked_day set settled_in = null, recheck = false where settled_in = $1", [id]);
  },

  async markRecheck(tx: Tx, driver: EmployeeId, from: PlainDate): Promise<void> {
    await execute(
      tx,
      "update worked_day set recheck = true where driver_id = $1 and service_date >= $2 and settled_in is not null",
      [driver, from.toString()],
    );
  },

  /** The newest revision of each day that the period pays. */
  async toPay(tx: Tx, id: PayPeriodId): Promise<readonly DayToPay[]> {
    const days = await rows<DayRecord>(
      tx,
      `select distinct on (driver_id, service_date) driver_id, service_date, revision, depot_id, components, code
       from worked_day join depot on depot.id = depot_id where settled_in = $1
       order by driver_id, service_date, revision desc`,
      [id],
    );
    const paid = await rows<LineRecord>(
      tx,
      `select ${lineColumns} from pay_line where (driver_id, work_date) in
         (select driver_id, service_date from worked_day where settled_in = $1) order by id`,
      [id],
    );
    const paidFor = Map.groupBy(paid, ({ driver_id, work_date }) => `${driver_id} ${work_date}`);
    return days.map((record) => ({
      day: toModel(record),
      costCentre: record.code,
      paid: (paidFor.get(`${record.driver_id} ${record.service_date}`) ?? []).map(toLine),
    }));
  },
};

const finalDays = "unnest($1::uuid[], $2::date[], $3::integer[]) as final_day (driver, day, newest)";

const toColumns = (days: readonly FinalDay[]) => [
  days.map(({ driver }) => driver),
  days.map(({ date }) => date.toString()),
  days.map(({ revision }) => revision),
];

type DayRecord = {
  driver_id: EmployeeId;
  service_date: string;
  revision: number;
  depot_id: DepotId;
  components: (Omit<PayComponent, "intervals"> & { intervals: IntervalRecord[] })[];
  code: string;
};

const toModel = (record: DayRecord): WorkedDay => ({
  driver: record.driver_id,
  date: Temporal.PlainDate.from(record.service_date),
  revision: record.revision,
  depot: record.depot_id,
  components: record.components.map((component) => ({
    ...component,
    intervals: component.intervals.map(toInterval),
  })),
});
