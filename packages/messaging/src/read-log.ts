import type { Database } from "@headway/postgres/database";
import { execute, rows } from "@headway/postgres/transaction";

export type LoggedEvent = {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly aggregate: string;
  readonly version: number;
  /** timestamptz as text. */
  readonly occurredAt: string;
  readonly actor: string;
  readonly payload: Uint8Array;
};

/**
 * The log from a position on, oldest first: how read models are made anew and how auditors see what happened.
 * Waits for the writers of the moment: a position below the last one read can then no longer be filled, and nothing is passed over.
 */
export const readLog = (db: Database, after: number, size: number): Promise<LoggedEvent[]> =>
  db.inTx(async (tx) => {
    await execute(tx, "set local lock_timeout = '5s'");
    await execute(tx, "lock table event_log in share mode");
    return rows<LoggedEvent>(
      tx,
      `select position, id, type, aggregate_id as aggregate, aggregate_version as version, occurred_at as "occurredAt", actor, payload
       from event_log where position > $1 order by position limit $2`,
      [after, size],
    );
  });
