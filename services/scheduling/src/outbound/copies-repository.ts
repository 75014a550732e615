import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { AbsenceId, Away } from "../model/away.ts";

/** What hr owns and the roster needs to know of it. Nothing here waits for anything else: hr's events of one person come in their order, those of others in any. */
export const copiesRepository = {
  async addDepot(tx: Tx, depot: DepotId): Promise<void> {
    await execute(tx, "insert into depot (id) values ($1) on conflict do nothing", [depot]);
  },

  async isKnown(tx: Tx, depot: DepotId): Promise<boolean> {
    return (await rows(tx, "select id from depot where id = $1", [depot])).length > 0;
  },

  async hire(tx: Tx, driver: DriverId, hired: { number: string; depot: DepotId; on: PlainDate }): Promise<void> {
    await execute(
      tx,
      `insert into driver (id, number, depot_id, employed_from) values ($1, $2, $3, $4)
       on conflict (id) do update set number = excluded.number, depot_id = excluded.depot_id,
         employed_from = excluded.employed_from, employed_to = null`,
      [driver, hired.number, hired.depot, hired.on.toString()],
    );
  },

  async putContract(
    tx: Tx,
    driver: DriverId,
    contract: { from: PlainDate; agreement: string; weeklyMinutes: number },
  ): Promise<void> {
    await execute(
      tx,
      `insert into contract (driver_id, valid_from, agreement, weekly_minutes) values ($1, $2, $3, $4)
       on conflict (driver_id, valid_from) do update
         set agreement = excluded.agreement, weekly_minutes = excluded.weekly_minutes`,
      [driver, contract.from.toString(), contract.agreement, contract.weeklyMinutes],
    );
  },

  async grant(
    tx: Tx,
    driver: DriverId,
    held: { code: string; from: PlainDate; until: PlainDate | null },
  ): Promise<void> {
    await execute(
      tx,
      `insert into qualification (driver_id, code, valid_from, valid_until) values ($1, $2, $3, $4)
       on conflict (driver_id, code, valid_from) do update set valid_until = excluded.valid_until`,
      [driver, held.code, held.from.toString(), held.until?.toString() ?? null],
    );
  },

  noteAway(tx: Tx, driver: DriverId, away: Away): Promise<void> {
    switch (away.cause) {
      case "absence":
        return addAbsence(tx, driver, away);
      case "moved":
        return move(tx, driver, away);
      case "terminated":
        return terminate(tx, driver, away);
    }
  },

  async removeAbsence(tx: Tx, id: AbsenceId): Promise<void> {
    await execute(tx, "delete from absence where id = $1", [id]);
  },
};

const addAbsence = async (tx: Tx, driver: DriverId, { absence, time }: AwayBy<"absence">): Promise<void> => {
  await execute(
    tx,
    `insert into absence (id, driver_id, starts_at, ends_at) values ($1, $2, $3, $4)
     on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
    [absence, driver, time.starts.toString(), time.ends.toString()],
  );
};

const move = async (tx: Tx, driver: DriverId, { depot }: AwayBy<"moved">): Promise<void> => {
  await execute(tx, "update driver set depot_id = $2 where id = $1", [driver, depot]);
};

const terminate = async (tx: Tx, driver: DriverId, { lastDay }: AwayBy<"terminated">): Promise<void> => {
  await execute(tx, "update driver set employed_to = $2 where id = $1", [driver, lastDay.toString()]);
};

type AwayBy<Cause> = Extract<Away, { readonly cause: Cause }>;
