import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { DaySpan } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";

export type DriverPay = {
  readonly driver: DriverId;
  readonly number: string;
  readonly workedMinutes: number;
  readonly minutes: Readonly<Record<string, number>>;
};

export type PayWanted = DaySpan & {
  /** Null for all. */
  readonly depots: readonly DepotId[] | null;
  readonly page: PageWanted;
};

export const payQueries = ({ rows }: Database) => ({
  /** By employee number. */
  async byDriver({ depots, from, to, page }: PayWanted): Promise<Page<DriverPay>> {
    const records = await rows<PayRecord>(
      `with paged as (
         select driver_id, coalesce(number, '') as number, sum(worked_minutes) as worked_minutes
         from worked_day left join driver on driver.id = driver_id
         where service_date between $1 and $2 and ($3::uuid[] is null or depot_id = any($3))
           and ($4::text is null or (coalesce(number, ''), driver_id) > ($4, $5::uuid))
         group by driver_id, number order by coalesce(number, ''), driver_id limit $6
       ), coded as (
         select driver_id, code, sum(value::integer) as minutes
         from paged join worked_day using (driver_id) cross join jsonb_each_text(minutes) as by_code (code, value)
         where service_date between $1 and $2 and ($3::uuid[] is null or depot_id = any($3))
         group by driver_id, code
       )
       select driver_id, number, worked_minutes,
         (select coalesce(jsonb_object_agg(code, minutes), '{}') from coded where coded.driver_id = paged.driver_id) as minutes
       from paged order by number, driver_id`,
      [from.toString(), to.toString(), depots, page.after?.[0] ?? null, page.after?.[1] ?? null, page.size + 1],
    );
    return toPage(records.map(toPay), page.size, ({ number, driver }) => [number, driver]);
  },
});

type PayRecord = { driver_id: DriverId; number: string; worked_minutes: number; minutes: Record<string, number> };

const toPay = ({ driver_id, number, worked_minutes, minutes }: PayRecord): DriverPay => ({
  driver: driver_id,
  number,
  workedMinutes: worked_minutes,
  minutes,
});
