import type { Instant } from "@headway/kernel/clock";
import { conflict, missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DriverId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import type { Tx } from "@headway/kernel/tx";
import { onViolation } from "@headway/postgres/failure";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { Swap, SwapId, SwapState } from "../model/swap.ts";

export const swapRepository = {
  /** Refused with `swap.exists`. */
  async add(tx: Tx, swap: Swap): Promise<void> {
    await execute(
      tx,
      `insert into swap (id, depot_id, requested_by, requested_of, offered_assignment_id, wanted_assignment_id, state,
         requested_at, expires_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        swap.id,
        swap.depot,
        swap.requestedBy,
        swap.requestedOf,
        swap.offered,
        swap.wanted,
        swap.state,
        swap.requestedAt.toString(),
        swap.expiresAt.toString(),
        swap.version,
      ],
    ).catch(onViolation({ swap_once: () => conflict("swap.exists", "This swap has been asked for already.") }));
  },

  /** Refused with `swap.unknown` or `swap.changed`. */
  async lock(tx: Tx, id: SwapId, expected: Version): Promise<Swap> {
    const [record] = await rows<SwapRecord>(tx, `select ${swapColumns} from swap where id = $1 for update`, [id]);
    if (!record) throw missing("swap.unknown", "There is no such swap.");
    mustStandAt(expected, "swap", record);
    return toSwap(record);
  },

  /** Those that wait for somebody although a duty has begun or changed hands. */
  async lockLapsed(tx: Tx, now: Instant): Promise<Swap[]> {
    const records = await rows<SwapRecord>(
      tx,
      `select ${swapColumns} from swap
       where state in ('pending', 'accepted') and (expires_at <= $1 or exists (
         select from assignment where id in (offered_assignment_id, wanted_assignment_id) and to_version is not null))
       order by id for update`,
      [now.toString()],
    );
    return records.map(toSwap);
  },

  async save(tx: Tx, { id, state, version }: Swap): Promise<void> {
    const saved = await execute(tx, "update swap set state = $2, version = $3 where id = $1 and version = $3 - 1", [
      id,
      state,
      version,
    ]);
    if (saved === 0) throw lostRace("swap");
  },
};

export const swapColumns = `id, depot_id, requested_by, requested_of, offered_assignment_id, wanted_assignment_id, state,
  requested_at, expires_at, version`;

export type SwapRecord = {
  id: SwapId;
  depot_id: DepotId;
  requested_by: DriverId;
  requested_of: DriverId;
  offered_assignment_id: AssignmentId;
  wanted_assignment_id: AssignmentId;
  state: SwapState;
  requested_at: string;
  expires_at: string;
  version: Version;
};

export const toSwap = (record: SwapRecord): Swap => ({
  id: record.id,
  depot: record.depot_id,
  requestedBy: record.requested_by,
  requestedOf: record.requested_of,
  offered: record.offered_assignment_id,
  wanted: record.wanted_assignment_id,
  state: record.state,
  requestedAt: instantOf(record.requested_at),
  expiresAt: instantOf(record.expires_at),
  version: record.version,
});
