import type { Topic } from "@headway/contracts/topic";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { execute, rows } from "@headway/postgres/transaction";
import type { Bus, BusMessage } from "./bus.ts";
import { slices } from "./event-log.ts";
import { pauses } from "./pauses.ts";

export type Relay = {
  /** There may be something to publish. Never waits. */
  readonly wake: () => void;
  /** Looks for what others left behind, every `everyMs`, and publishes when woken. */
  readonly start: () => void;
  /** Finishes the batch in hand. */
  readonly stop: () => Promise<void>;
};

export type RelayNeeds = {
  readonly db: Database;
  readonly bus: Bus;
  readonly topic: Topic;
  readonly onFailure: (error: unknown) => void;
  readonly everyMs?: number;
  /** The most events in one batch. */
  readonly most?: number;
};

/**
 * Publishes a service's log in order of position, batch by batch, on one connection. Each slice is published by one relay
 * at a time; those of several processes share them.
 * An event is marked as published only after the bus has it; a crash in between publishes it again, and the inbox knows it.
 */
export const relay = ({ db, bus, topic, onFailure, everyMs = 500, most = 500 }: RelayNeeds): Relay => {
  let timer: NodeJS.Timeout | null = null;
  let stopped = true;

  /**
   * Answers whether there was anything: then there may be more, also behind a batch that was not full. What another process
   * recorded meanwhile has found its slice held here.
   */
  const publishBatch = async (): Promise<boolean> => {
    if ((await db.rows("select 1 from event_log where published_at is null limit 1")).length === 0) return false;
    return db.inTx(async (tx) => {
      const events = await unpublished(tx, await hold(tx, topic), most);
      if (events.length === 0) return false;
      await bus.publish(events.map((event) => toMessage(topic, event)));
      await execute(tx, "update event_log set published_at = clock_timestamp() where position = any($1::bigint[])", [
        events.map(({ position }) => position),
      ]);
      return true;
    });
  };

  const publish = oneAtATime(async () => {
    for await (const last of pauses([100, 400, 1600])) {
      try {
        while (!stopped && (await publishBatch()));
        return;
      } catch (error) {
        if (stopped) return;
        if (last) onFailure(error);
      }
    }
  });

  const wake = (): void => {
    if (!stopped) void publish();
  };

  return {
    wake,
    start() {
      stopped = false;
      timer = setInterval(wake, everyMs);
      wake();
    },
    async stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      await publish();
    },
  };
};

/**
 * Takes the slices that no other relay publishes just now. The locks go with the transaction, also when the process dies;
 * it may stay idle for as long as a slow subscriber of the in-process bus needs.
 */
const hold = async (tx: Tx, topic: Topic): Promise<readonly number[]> => {
  const held = await rows<{ slice: number }>(
    tx,
    `select slice, set_config('idle_in_transaction_session_timeout', '0', true)
     from generate_series(0, $2::int - 1) as slice where pg_try_advisory_xact_lock(hashtext($1), slice)`,
    [topic.name, slices],
  );
  return held.map(({ slice }) => slice);
};

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

// A statement of its own, behind the locks: so it sees what the relay that held them before has published.
const unpublished = (tx: Tx, held: readonly number[], most: number): Promise<LoggedEvent[]> =>
  rows<LoggedEvent>(
    tx,
    `select position, id, type, aggregate_id, aggregate_version, to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at,
       actor, traceparent, payload
     from event_log where published_at is null and slice = any($1::smallint[]) order by position limit $2`,
    [held, most],
  );

/** CloudEvents 1.0, Kafka protocol binding, binary mode; extensions are lower case without separators. */
const toMessage = (topic: Topic, event: LoggedEvent): BusMessage => ({
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
});
