import type { Topic } from "@headway/contracts/topic";
import type { Tx } from "@headway/kernel/tx";
import { beside, type Database } from "@headway/postgres/database";
import { notWaitingForDisk, rows } from "@headway/postgres/transaction";
import type { BusMessage } from "./bus.ts";
import { slices } from "./event-log.ts";

/** Events of the log, on their way to the bus in the order of their position. */
export type Batch = readonly LoggedEvent[];

type LoggedEvent = {
  position: number;
  id: string;
  type: string;
  aggregate_id: string;
  aggregate_version: number;
  occurred_at: string;
  actor: string;
  traceparent: string | null;
  payload: Buffer;
};

/**
 * Takes the slices that no other relay publishes just now. The locks go with the transaction, also when the process dies;
 * it may stay idle for as long as a slow subscriber of the in-process bus needs.
 */
export const hold = async (tx: Tx, topic: Topic): Promise<readonly number[]> => {
  const held = await rows<{ slice: number }>(
    tx,
    `select slice, set_config('idle_in_transaction_session_timeout', '0', true)
     from generate_series(0, $2::int - 1) as slice where pg_try_advisory_xact_lock(hashtext($1), slice)`,
    [topic.name, slices],
  );
  return held.map(({ slice }) => slice);
};

/**
 * The next events of the held slices, without those that are in hand already.
 * A statement of its own, behind the locks: so it sees what the relay that held them before has published. Those in hand are
 * left out one by one: `position > last` would pass over what an earlier position has been given and was committed since.
 */
export const readBatch = (tx: Tx, held: readonly number[], inHand: Batch, most: number): Promise<Batch> =>
  rows<LoggedEvent>(
    tx,
    `select position, id, type, aggregate_id, aggregate_version, to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at,
       actor, traceparent, payload
     from event_log where published_at is null and slice = any($1::smallint[]) and position <> all($2::bigint[])
     order by position limit $3`,
    [held, positions(inHand), most],
  );

/**
 * Notes that the bus has them. On a connection of its own, done when it is answered: in the transaction of the locks the rows
 * and the table would stay locked for as long as the next batch is in the air, and readers of the log with them.
 * It does not wait for the disk: what a crash of the server takes back is published again, and the inbox knows it.
 */
export const mark = async (db: Database, batch: Batch): Promise<void> => {
  if (batch.length === 0) return;
  await beside(() =>
    db.rows(
      `update event_log set published_at = clock_timestamp() from ${notWaitingForDisk}
       where position = any($1::bigint[])`,
      [positions(batch)],
    ),
  );
};

const positions = (batch: Batch): readonly number[] => batch.map(({ position }) => position);

/** CloudEvents 1.0, Kafka protocol binding, binary mode; extensions are lower case without separators. */
export const toMessages = (topic: Topic, batch: Batch): readonly BusMessage[] =>
  batch.map((event) => ({
    topic: topic.name,
    key: event.aggregate_id,
    headers: {
      ce_specversion: "1.0",
      ce_id: event.id,
      ce_source: `/headway/${topic.service}`,
      ce_type: event.type,
      ce_subject: event.aggregate_id,
      ce_time: event.occurred_at,
      ce_aggregateversion: String(event.aggregate_version),
      ce_actor: event.actor,
      "content-type": "application/protobuf",
      ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    },
    value: event.payload,
  }));
