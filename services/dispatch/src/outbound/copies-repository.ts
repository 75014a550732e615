import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";
import { defaultWindows } from "../model/windows.ts";
import { windowColumns } from "./duty-record.ts";

/** What hr owns and dispatch needs to know of it. */
export const copiesRepository = {
  /** A depot starts with the usual windows; they are its own from then on. */
  async addDepot(tx: Tx, depot: DepotId, zone: string): Promise<void> {
    const { opens, late, missed, callIn, early, overrun, signOffBySystem } = defaultWindows;
    await execute(
      tx,
      `insert into depot (id, time_zone, ${windowColumns})
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [depot, zone, opens, late, missed, callIn, early, overrun, signOffBySystem],
    );
  },

  async putDriver(tx: Tx, driver: DriverId, depot: DepotId): Promise<void> {
    await execute(
      tx,
      `insert into driver (id, depot_id) values ($1, $2)
       on conflict (id) do update set depot_id = excluded.depot_id`,
      [driver, depot],
    );
  },
};
