import type { DriverId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";

/** The employee numbers, by which people are listed. */
export const driverRepository = {
  async note(tx: Tx, driver: DriverId, number: string): Promise<void> {
    await execute(tx, "insert into driver (id, number) values ($1, $2) on conflict (id) do nothing", [driver, number]);
  },
};
