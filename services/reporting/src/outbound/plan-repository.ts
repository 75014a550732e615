import type { Tx } from "@headway/kernel/tx";
import { execute } from "@headway/postgres/transaction";
import type { Piece, PlannedDuty, WithdrawnDuty } from "../model/duty-plan.ts";

/** What planning says of duties; older news changes nothing. */
export const planRepository = {
  async note(tx: Tx, plan: PlannedDuty): Promise<void> {
    await execute(
      tx,
      `insert into duty_plan (duty_id, version, depot_id, service_date, run_id, line, starts, ends, pieces, withdrawn, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10)
       on conflict (duty_id) do update set version = excluded.version, depot_id = excluded.depot_id, service_date = excluded.service_date,
         run_id = excluded.run_id, line = excluded.line, starts = excluded.starts, ends = excluded.ends, pieces = excluded.pieces,
         withdrawn = false, changed_at = excluded.changed_at
       where duty_plan.version < excluded.version`,
      [
        plan.duty,
        plan.version,
        plan.depot,
        plan.serviceDate.toString(),
        plan.run,
        plan.line,
        plan.worked.starts.toString(),
        plan.worked.ends.toString(),
        JSON.stringify(plan.pieces.map(toPieceRecord)),
        plan.changedAt.toString(),
      ],
    );
  },

  async withdraw(tx: Tx, { duty, version, changedAt }: WithdrawnDuty): Promise<void> {
    await execute(
      tx,
      "update duty_plan set withdrawn = true, version = $2, changed_at = $3 where duty_id = $1 and version < $2",
      [duty, version, changedAt.toString()],
    );
  },
};

/** A piece in its column; instants as ISO text. */
export type PieceRecord = { block: string; starts: string; ends: string };

const toPieceRecord = ({ block, starts, ends }: Piece): PieceRecord => ({
  block,
  starts: starts.toString(),
  ends: ends.toString(),
});
