import { setTimeout as pause } from "node:timers/promises";
import type { BusMessage } from "@headway/messaging/bus";
import type { Database } from "@headway/postgres/database";
import { DatabaseSetup } from "pg-transactional-outbox";
import { forked } from "../forked.ts";
import { type Draining, setup } from "./outbox-setup.ts";
import { withDatabase } from "./servers.ts";

/**
 * The same messages by pg-transactional-outbox: out of its table by its replication listener, whose handler sends each to
 * Kafka; one at a time for each aggregate, aggregates side by side. Messages a second, until the last one is marked.
 */
export const drainByOutbox = (at: Draining, messages: readonly BusMessage[]): Promise<number> =>
  withDatabase(at.url, async (db) => {
    await db.rows(DatabaseSetup.dropAndCreateTable(setup));
    await db.rows(DatabaseSetup.setupReplicationCore(setup));
    await db.rows(`select pg_create_logical_replication_slot('${setup.replicationSlot}', 'pgoutput')`);
    await store(db, messages);
    const peer = forked<Draining, number>(new URL("outbox-process.ts", import.meta.url));
    try {
      return messages.length / (await peer.ask(at));
    } finally {
      await peer.end();
      await dropSlot(db);
    }
  });

const store = async (db: Database, messages: readonly BusMessage[]): Promise<void> => {
  await db.rows(
    `insert into outbox (id, aggregate_type, aggregate_id, message_type, segment, payload, metadata)
     select id, 'assignment', aggregate_id, type, aggregate_id, payload, metadata
     from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::jsonb[]) as message (id, aggregate_id, type, payload, metadata)`,
    [
      messages.map(({ headers }) => headers.ce_id),
      messages.map(({ key }) => key),
      messages.map(({ headers }) => headers.ce_type),
      messages.map(({ value }) => JSON.stringify({ bytes: Buffer.from(value).toString("base64") })),
      messages.map(({ headers, topic }) => JSON.stringify({ ...headers, topic })),
    ],
  );
  await db.rows("analyze outbox");
  await db.rows("checkpoint");
};

/** Its listener may take a moment to let it go. */
const dropSlot = async (db: Database): Promise<void> => {
  const isActive = async () => (await db.rows("select 1 from pg_replication_slots where active")).length > 0;
  while (await isActive()) await pause(50);
  await db.rows(`select pg_drop_replication_slot('${setup.replicationSlot}')`);
};
