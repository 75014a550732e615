import { missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DriverId, DutyId, RosterId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import type { SwapId } from "../model/swap.ts";

/** Which depot something belongs to, for the door to judge who may touch it. Refused with `roster.unknown` and so on. */
export const depotQueries = (db: Database) => {
  const depotOf = async (what: string, sql: string, id: string): Promise<DepotId> => {
    const [record] = await db.rows<{ depot_id: DepotId }>(sql, [id]);
    if (!record) throw missing(`${what}.unknown`, `There is no such ${what}.`, { field: `${what}Id` });
    return record.depot_id;
  };
  return {
    ofRoster: (id: RosterId) => depotOf("roster", "select depot_id from roster where id = $1", id),
    ofDuty: (id: DutyId) => depotOf("duty", "select depot_id from duty where id = $1", id),
    ofDriver: (id: DriverId) => depotOf("driver", "select depot_id from driver where id = $1", id),
    ofSwap: (id: SwapId) => depotOf("swap", "select depot_id from swap where id = $1", id),
    ofAssignment: (id: AssignmentId) =>
      depotOf(
        "assignment",
        "select depot_id from roster join assignment on assignment.roster_id = roster.id where assignment.id = $1",
        id,
      ),
  };
};
