import { type DomainError, missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DriverId, DutyId, RosterId } from "@headway/kernel/ids";
import { unheard } from "@headway/kernel/unheard";
import type { Database } from "@headway/postgres/database";
import type { SwapId } from "../model/swap.ts";

/** Which depot something belongs to, for the door to judge who may touch it. Refused with `roster.unknown` and so on. */
export const depotQueries = (db: Database) => {
  const depotOf = async (unknown: () => DomainError, sql: string, id: string): Promise<DepotId> => {
    const [record] = await db.rows<{ depot_id: DepotId }>(sql, [id]);
    if (!record) throw unknown();
    return record.depot_id;
  };
  return {
    ofRoster: (id: RosterId) => depotOf(noSuch("roster"), "select depot_id from roster where id = $1", id),
    ofDuty: (id: DutyId) => depotOf(() => unheard("duty"), "select depot_id from duty where id = $1", id),
    ofDriver: (id: DriverId) => depotOf(() => unheard("driver"), "select depot_id from driver where id = $1", id),
    ofSwap: (id: SwapId) => depotOf(noSuch("swap"), "select depot_id from swap where id = $1", id),
    ofAssignment: (id: AssignmentId) =>
      depotOf(
        noSuch("assignment"),
        "select depot_id from roster join assignment on assignment.roster_id = roster.id where assignment.id = $1",
        id,
      ),
  };
};

const noSuch = (what: "roster" | "swap" | "assignment") => () =>
  missing(`${what}.unknown`, `There is no such ${what}.`, { field: `${what}Id` });
