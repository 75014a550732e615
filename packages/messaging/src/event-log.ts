import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { Topic } from "@headway/contracts/topic";
import type { Clock, Instant } from "@headway/kernel/clock";
import { type EventId, newId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { afterCommit, execute } from "@headway/postgres/transaction";

/** How many relays of one service can work side by side; an aggregate is always in the same slice. */
export const slices = 8;

/** An event of a topic, ready to be recorded. */
export type Fact<T extends Topic> = {
  [Type in keyof T["types"] & string]: {
    readonly type: Type;
    readonly aggregate: string;
    /** The aggregate's version that the event made. */
    readonly version: number;
    /** When it happened, where that is not now. */
    readonly at?: Instant;
    readonly payload: MessageInitShape<T["types"][Type]>;
  };
}[keyof T["types"] & string];

export type EventLog<T extends Topic> = {
  /** Writes events in the transaction of the state that they are about. The aggregate's row must be locked by it. */
  readonly record: (tx: Tx, facts: readonly Fact<T>[]) => Promise<void>;
};

export type EventLogNeeds<T extends Topic> = {
  readonly topic: T;
  readonly clock: Clock;
  /** On whose behalf, and in which trace. */
  readonly circumstances: () => {
    readonly actor: string;
    readonly session: string | null;
    readonly traceparent: string | null;
  };
  /** Told after each commit that recorded something. */
  readonly wake: () => void;
};

/** The log of one service's own events. `record` throws for a type that the topic does not have. */
export const eventLog = <T extends Topic>({ topic, clock, circumstances, wake }: EventLogNeeds<T>): EventLog<T> => ({
  async record(tx, facts) {
    if (facts.length === 0) return;
    const { actor, session, traceparent } = circumstances();
    const now = clock.now().toString();
    await execute(
      tx,
      `insert into event_log (id, slice, type, aggregate_id, aggregate_version, occurred_at, actor, session, traceparent, payload)
       select id, slice, type, aggregate_id, aggregate_version, occurred_at, $7, $8, $9, payload
       from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::integer[], $6::timestamptz[], $10::bytea[])
         with ordinality as fact (id, slice, type, aggregate_id, aggregate_version, occurred_at, payload, place)
       order by place`,
      [
        facts.map(() => newId<EventId>()),
        facts.map(({ aggregate }) => sliceOf(aggregate)),
        facts.map(({ type }) => type),
        facts.map(({ aggregate }) => aggregate),
        facts.map(({ version }) => version),
        facts.map(({ at }) => at?.toString() ?? now),
        actor,
        session,
        traceparent,
        facts.map((fact) => toPayload(topic, fact)),
      ],
    );
    afterCommit(tx, wake);
  },
});

const toPayload = <T extends Topic>(topic: T, { type, payload }: Fact<T>): Uint8Array => {
  const schema = topic.types[type];
  if (!schema) throw new Error(`${topic.name} has no event type ${type}.`);
  return toBinary(schema, create(schema, payload));
};

// FNV-1a (Fowler, Noll, Vo), 32 bits.
const sliceOf = (aggregate: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < aggregate.length; index++)
    hash = Math.imul(hash ^ aggregate.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % slices;
};
