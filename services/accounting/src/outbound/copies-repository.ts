import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { DaysOfWork, PlannedDuty } from "../model/end-of-work.ts";
import type { PayPeriod } from "../model/pay-period.ts";

/** What hr and planning own and accounting needs to know of it. */
export const copiesRepository = {
  /** The code is the cost centre of the work that is done there. */
  async addDepot(tx: Tx, depot: DepotId, code: string, zone: string): Promise<void> {
    await execute(tx, "insert into depot (id, code, zone) values ($1, $2, $3) on conflict do nothing", [
      depot,
      code,
      zone,
    ]);
  },

  async planDuty(tx: Tx, { duty, date, ends, version }: PlannedDuty): Promise<void> {
    await execute(
      tx,
      `insert into planned_duty (id, service_date, ends, withdrawn, version) values ($1, $2, $3, false, $4)
       on conflict (id) do update set service_date = excluded.service_date, ends = excluded.ends, withdrawn = false,
         version = excluded.version
       where planned_duty.version < excluded.version`,
      [duty, date.toString(), ends.toString(), version],
    );
  },

  async withdrawDuty(tx: Tx, duty: DutyId, version: Version): Promise<void> {
    await execute(tx, "update planned_duty set withdrawn = true, version = $2 where id = $1 and version < $2", [
      duty,
      version,
    ]);
  },

  async daysOf(tx: Tx, { from, to }: PayPeriod): Promise<DaysOfWork> {
    const depots = await rows<{ zone: string }>(tx, "select distinct zone from depot");
    const [last] = await rows<{ ends: string | null }>(
      tx,
      "select max(ends) as ends from planned_duty where service_date between $1 and $2 and not withdrawn",
      [from.toString(), to.toString()],
    );
    return { zones: depots.map(({ zone }) => zone), lastDutyEnds: instantOrNull(last?.ends ?? null) };
  },
};
