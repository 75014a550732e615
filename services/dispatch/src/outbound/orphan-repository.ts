import { missing } from "@headway/kernel/domain-error";
import type { DepotId, Version } from "@headway/kernel/ids";
import { lostRace } from "@headway/kernel/lost-race";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { DismissReason, OrphanedSigning, OrphanState } from "../model/orphaned-signing.ts";
import type { SigningId } from "../model/signing.ts";
import { type SigningRecord, signingColumns, toTakenSigning } from "./signing-repository.ts";

export const orphanRepository = {
  async add(tx: Tx, { taken, depot, serviceDate, state, version }: OrphanedSigning): Promise<void> {
    await execute(
      tx,
      "insert into orphaned_signing (signing_id, depot_id, service_date, state, version) values ($1, $2, $3, $4, $5)",
      [taken.signing.id, depot, serviceDate.toString(), state, version],
    );
  },

  /** Refused with `signing.unknown`. */
  async lock(tx: Tx, id: SigningId): Promise<OrphanedSigning> {
    const [record] = await rows<OrphanRecord>(tx, `${orphanSql} where signing_id = $1 for update of orphaned_signing`, [
      id,
    ]);
    return toModel(record);
  },

  /** With what became of the signing itself. */
  async save(tx: Tx, { taken, state, settled, dismissal, version }: OrphanedSigning): Promise<void> {
    const { signing, match, duty, assignment } = taken;
    const saved = await execute(
      tx,
      `update orphaned_signing set state = $2, settled_by = $3, settled_at = $4, dismiss_reason = $5, dismiss_note = $6, version = $7
       where signing_id = $1 and version = $7 - 1`,
      [
        signing.id,
        state,
        settled?.by ?? null,
        settled?.at.toString() ?? null,
        dismissal?.reason ?? null,
        dismissal?.note ?? null,
        version,
      ],
    );
    if (saved === 0) throw lostRace("signing");
    await execute(tx, "update signing set match = $2, duty_id = $3, assignment_id = $4 where id = $1", [
      signing.id,
      match,
      duty,
      assignment,
    ]);
  },
};

export const orphanQueries = (db: Database) => ({
  /** Refused with `signing.unknown`. */
  async get(id: SigningId): Promise<OrphanedSigning> {
    const [record] = await db.rows<OrphanRecord>(`${orphanSql} where signing_id = $1`, [id]);
    return toModel(record);
  },

  /** By time; `waiting` leaves out what is settled. */
  async list(depot: DepotId, date: PlainDate, waiting: boolean): Promise<readonly OrphanedSigning[]> {
    const records = await db.rows<OrphanRecord>(
      `${orphanSql} where orphaned_signing.depot_id = $1 and orphaned_signing.service_date = $2 and (not $3 or state = 'waiting')
       order by at, id`,
      [depot, date.toString(), waiting],
    );
    return records.map(toModel);
  },
});

const orphanSql = `
  select ${signingColumns}, received_at, orphaned_signing.depot_id, orphaned_signing.service_date, state, settled_by, settled_at,
    dismiss_reason, dismiss_note, version
  from orphaned_signing join signing on signing.id = signing_id`;

type OrphanRecord = SigningRecord & {
  received_at: string;
  depot_id: DepotId;
  service_date: string;
  state: OrphanState;
  version: Version;
} & ({ settled_by: string; settled_at: string } | { settled_by: null; settled_at: null }) &
  ({ dismiss_reason: DismissReason; dismiss_note: string | null } | { dismiss_reason: null; dismiss_note: null });

const toModel = (record: OrphanRecord | undefined): OrphanedSigning => {
  if (!record) throw missing("signing.unknown", "There is no such orphaned signing.");
  return {
    taken: toTakenSigning(record),
    depot: record.depot_id,
    serviceDate: Temporal.PlainDate.from(record.service_date),
    receivedAt: instantOf(record.received_at),
    state: record.state,
    settled: record.settled_by === null ? null : { by: record.settled_by, at: instantOf(record.settled_at) },
    dismissal: record.dismiss_reason === null ? null : { reason: record.dismiss_reason, note: record.dismiss_note },
    version: record.version,
  };
};
