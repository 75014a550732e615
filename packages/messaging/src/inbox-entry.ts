import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { BusMessage } from "./bus.ts";
import { idOf, typeOf } from "./consumer.ts";
import { firstIdAt, rememberedMs } from "./event-age.ts";

export type Entered = {
  /** The ids of those that were not in the inbox before. */
  readonly fresh: Set<string>;
  /** Those of their aggregates that have a parked event: later ones must wait behind it. */
  readonly held: Set<string>;
};

/**
 * Notes the events in the inbox. Waits for a replay of the consumer's parked events, and for whoever is handling one of
 * these; what those have parked is seen. Three statements that are asked at once, and carried out in this order.
 */
export const enter = async (tx: Tx, consumer: string, messages: readonly BusMessage[]): Promise<Entered> => {
  const [, fresh, held] = await Promise.all([
    holdOffReplay(tx, consumer),
    insert(tx, consumer, messages),
    // Behind the entry: whoever handled the same event on another member has committed by now, and what it parked is seen.
    heldAggregates(tx, consumer, messages),
  ]);
  return { fresh, held };
};

// Replay takes this lock alone: else an event could queue up behind a parked one that is just being handled, and stay.
const holdOffReplay = async (tx: Tx, consumer: string): Promise<void> => {
  await execute(tx, "select pg_advisory_xact_lock_shared(hashtext('replay'), hashtext($1))", [consumer]);
};

const insert = async (tx: Tx, consumer: string, messages: readonly BusMessage[]): Promise<Set<string>> => {
  // Entered in order of id, so that two deliveries of the same batch wait for each other instead of deadlocking.
  const ordered = [...new Map(messages.map((message) => [idOf(message), message])).values()].sort((a, b) =>
    idOf(a) < idOf(b) ? -1 : 1,
  );
  const entered = await rows<{ event_id: string }>(
    tx,
    `insert into inbox (consumer, event_id, topic, type)
     select $1, event_id, topic, type from unnest($2::uuid[], $3::text[], $4::text[]) as message (event_id, topic, type)
     on conflict do nothing returning event_id`,
    [consumer, ordered.map(idOf), ordered.map(({ topic }) => topic), ordered.map(typeOf)],
  );
  return new Set(entered.map(({ event_id }) => event_id));
};

const heldAggregates = async (tx: Tx, consumer: string, messages: readonly BusMessage[]): Promise<Set<string>> => {
  const held = await rows<{ aggregate_id: string }>(
    tx,
    "select distinct aggregate_id from parked_event where consumer = $1 and aggregate_id = any($2::text[])",
    [consumer, [...new Set(messages.map(({ key }) => key))]],
  );
  return new Set(held.map(({ aggregate_id }) => aggregate_id));
};

/** The most that is forgotten at once. */
const bite = 5000;

/** Forgets what was handled too long ago to be delivered again. What another process is just forgetting is left to it. */
export const forget = async (tx: Tx, consumer: string): Promise<void> => {
  await execute(
    tx,
    `delete from inbox where (consumer, event_id) in (
       select consumer, event_id from inbox
       where consumer = $1 and event_id < $2 and handled_at < now() - $3 * interval '1 ms'
       order by event_id limit $4 for update skip locked
     )`,
    // By the id first: it is the key. An event may have been handled long after it was recorded.
    [consumer, firstIdAt(Date.now() - rememberedMs), rememberedMs, bite],
  );
};

/** Takes an event out again that the same transaction has entered. */
export const leave = async (tx: Tx, consumer: string, event: string): Promise<void> => {
  await execute(tx, "delete from inbox where consumer = $1 and event_id = $2", [consumer, event]);
};
