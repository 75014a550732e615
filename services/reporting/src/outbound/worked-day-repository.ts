import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";
import type { WorkedDay } from "../model/worked-day.ts";

/** What overtime says that days are worth; the highest revision counts, whenever it is heard. */
export const workedDayRepository = {
  async note(tx: Tx, { driver, serviceDate, depot, revision, workedMinutes, minutes }: WorkedDay): Promise<void> {
    await execute(
      tx,
      `insert into worked_day (driver_id, service_date, depot_id, revision, worked_minutes, minutes) values ($1, $2, $3, $4, $5, $6)
       on conflict (driver_id, service_date) do update set depot_id = excluded.depot_id, revision = excluded.revision,
         worked_minutes = excluded.worked_minutes, minutes = excluded.minutes
       where worked_day.revision < excluded.revision`,
      [driver, serviceDate.toString(), depot, revision, workedMinutes, JSON.stringify(minutes)],
    );
  },
};
