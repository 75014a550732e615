import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";
import type { WorkedWeek } from "../model/value-week.ts";
import { daysWriter } from "./worked-week-record.ts";

export const workedWeekRepository = {
  async save(tx: Tx, weeks: readonly WorkedWeek[]): Promise<void> {
    const toJson = daysWriter();
    await execute(
      tx,
      `insert into worked_week (driver_id, first_day, days)
       select driver_id, first_day, days
       from unnest($1::uuid[], $2::date[], $3::jsonb[]) as said (driver_id, first_day, days)
       on conflict (driver_id, first_day) do update set days = excluded.days`,
      [
        weeks.map(({ week }) => week.driver),
        weeks.map(({ week }) => week.from.toString()),
        weeks.map(({ days }) => toJson(days)),
      ],
    );
  },
};
