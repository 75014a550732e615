import { DomainError } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { isConnectionFailure, isTimeout } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { BusMessage } from "./bus.ts";
import { type BoundConsumer, idOf, typeOf } from "./consumer.ts";
import { enter } from "./inbox-entry.ts";

/** Sets an event aside with its reason (empty for one that waits behind another). Parked before, it stays as it is. */
export const park = async (tx: Tx, consumer: string, message: BusMessage, reason: string): Promise<void> => {
  await execute(
    tx,
    `insert into parked_event (consumer, event_id, topic, type, aggregate_id, headers, payload, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (consumer, event_id) do nothing`,
    [
      consumer,
      idOf(message),
      message.topic,
      typeOf(message),
      message.key,
      JSON.stringify(message.headers),
      Buffer.from(message.value),
      reason,
    ],
  );
};

/** What is told to operators of a failure. Events carry ids, times and codes, nothing that somebody wrote, so there is no personal data in it. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  const said =
    error instanceof DomainError ? `${error.slug}: ${error.message}` : `${error.name}: ${error.message.slice(0, 300)}`;
  // No text of PostgreSQL holds it, and what cannot be parked would stop the others.
  return said.replaceAll("\0", "\ufffd");
};

/** The database or what stands behind it is away, or too busy to answer in time: that says nothing about the event. */
export const isAway = (error: unknown): boolean =>
  isConnectionFailure(error) || isTimeout(error) || (error instanceof DomainError && error.kind === "unavailable");

type ParkedRecord = {
  place: number;
  topic: string;
  aggregate_id: string;
  headers: Record<string, string>;
  payload: Buffer;
};

/**
 * Handles a consumer's parked events again, each aggregate in its order; the first that fails once more keeps the rest of its aggregate.
 * `aggregate` null means all. Throws when the database is away or too busy: what was handled until then stays handled.
 */
export const replay = async (
  db: Database,
  consumer: BoundConsumer,
  aggregate: string | null,
): Promise<{ readonly handled: number; readonly stillParked: number }> => {
  const aggregates = await db.rows<{ aggregate_id: string }>(
    `select aggregate_id from parked_event where consumer = $1 and ($2::text is null or aggregate_id = $2)
     group by aggregate_id order by min(place)`,
    [consumer.name, aggregate],
  );
  let handled = 0;
  for (const { aggregate_id } of aggregates) while (await replayNext(db, consumer, aggregate_id)) handled++;
  const [left] = await db.rows<{ count: number }>(
    "select count(*) from parked_event where consumer = $1 and ($2::text is null or aggregate_id = $2)",
    [consumer.name, aggregate],
  );
  return { handled, stillParked: left?.count ?? 0 };
};

const replayNext = async (db: Database, consumer: BoundConsumer, aggregate: string): Promise<boolean> => {
  let place: number | null = null;
  try {
    return await db.inTx(async (tx) => {
      await execute(tx, "select pg_advisory_xact_lock(hashtext('replay'), hashtext($1))", [consumer.name]);
      const [record] = await rows<ParkedRecord>(
        tx,
        `select place, topic, aggregate_id, headers, payload from parked_event
         where consumer = $1 and aggregate_id = $2 order by place limit 1 for update`,
        [consumer.name, aggregate],
      );
      if (!record) return false;
      place = record.place;
      const message = toMessage(record);
      if ((await enter(tx, consumer.name, [message])).fresh.size > 0) {
        await consumer.before(tx, [message]);
        await consumer.handle(tx, message);
      }
      await execute(tx, "delete from parked_event where place = $1", [record.place]);
      return true;
    });
  } catch (error) {
    if (place === null || isAway(error)) throw error;
    // It stays parked, and says why it did not get through this time.
    await db.rows("update parked_event set reason = $2 where place = $1", [place, reasonOf(error)]);
    return false;
  }
};

const toMessage = ({ topic, aggregate_id, headers, payload }: ParkedRecord): BusMessage => ({
  topic,
  key: aggregate_id,
  headers,
  value: payload,
});
