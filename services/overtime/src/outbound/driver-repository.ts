import type { DriverId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";

/** The driver's row is the lock of all that the driver is paid by. */
export const driverRepository = {
  /** So that what hr and dispatch tell of a driver at the same time is seen by whoever comes second. */
  async lock(tx: Tx, drivers: readonly DriverId[]): Promise<void> {
    await execute(
      tx,
      `insert into driver (id) select distinct id from unnest($1::uuid[]) as id order by id
       on conflict (id) do update set version = driver.version`,
      [drivers],
    );
  },
};
