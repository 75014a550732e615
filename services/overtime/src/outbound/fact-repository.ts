import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";
import type { ContractTold, DepotTold, DriverTold, Telling, WorkTold } from "../model/facts.ts";
import type { DriverWeek } from "../model/week.ts";
import { driverRepository } from "./driver-repository.ts";

/** What others told, as overtime needs it. */
export const factRepository = {
  /**
   * Locks what a batch tells of, in this order: the tables, for which whoever marks weeks waits (see week-repository.ts); the
   * drivers; the weeks that nobody had work in before. A depot that opens marks weeks too: to lock more than others do only
   * then would be to wait for them while they wait for it.
   */
  async lockToTell(tx: Tx, { drivers, weeks = [], opensDepot = false }: Telling): Promise<void> {
    const mode = opensDepot ? "share row exclusive" : "row exclusive";
    await execute(tx, `lock table worked_time, contract in ${mode} mode`);
    await driverRepository.lock(tx, drivers);
    await execute(
      tx,
      "insert into week (first_day) select distinct monday from unnest($1::date[]) as monday order by monday on conflict do nothing",
      [weeks.map(({ from }) => from.toString())],
    );
  },

  async keepWork(tx: Tx, week: DriverWeek, { assignment, driver, date, duty, depot, work, version }: WorkTold) {
    const kept = await execute(
      tx,
      `with driver_week as (insert into driver_week (driver_id, first_day) values ($2, $3) on conflict do nothing)
       insert into worked_time (assignment_id, driver_id, first_day, service_date, duty_id, depot_id, work, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (assignment_id) do update set work = excluded.work, version = excluded.version
       where worked_time.version < excluded.version`,
      [assignment, driver, week.from.toString(), date.toString(), duty, depot, JSON.stringify(work), version],
    );
    return kept > 0;
  },

  async keepContract(tx: Tx, { driver, agreement, weeklyMinutes, from }: ContractTold): Promise<void> {
    await execute(
      tx,
      `insert into contract (driver_id, valid_from, agreement, weekly_minutes) values ($1, $2, $3, $4)
       on conflict (driver_id, valid_from) do nothing`,
      [driver, from.toString(), agreement, weeklyMinutes],
    );
  },

  async keepDepot(tx: Tx, { depot, zone }: DepotTold): Promise<void> {
    await execute(tx, "insert into depot (id, zone) values ($1, $2) on conflict do nothing", [depot, zone]);
  },

  async keepDriver(tx: Tx, { driver, depot, version }: DriverTold): Promise<void> {
    await execute(
      tx,
      `insert into driver (id, depot_id, version) values ($1, $2, $3)
       on conflict (id) do update set depot_id = excluded.depot_id, version = excluded.version
       where driver.version < excluded.version`,
      [driver, depot, version],
    );
  },
};
