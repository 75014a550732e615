import { fromBinary, type MessageShape } from "@bufbuild/protobuf";
import type { Topic } from "@headway/contracts/topic";
import type { Instant } from "@headway/kernel/clock";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { BusMessage } from "./bus.ts";

/** An event as a consumer hears it. */
export type Heard<Event> = {
  readonly event: Event;
  readonly id: string;
  readonly aggregate: string;
  readonly version: number;
  /** When it happened; not when it was heard. */
  readonly at: Instant;
  /** Who made it happen: `user:<id>`, `service-account:<id>` or `service:<name>`. */
  readonly actor: string;
};

/** One of a topic's events, with its type. */
type HeardOf<T extends Topic> = {
  readonly [Type in keyof T["types"] & string]: Heard<MessageShape<T["types"][Type]>> & { readonly type: Type };
}[keyof T["types"] & string];

/** Said of an event type that the consumer knows and needs not. */
export const ignored = "ignored";

/** What one service makes of another's events. Every type of the topic is named, so a new one does not compile until all have decided. */
export type Consumer<T extends Topic> = {
  /** `<service>.<what>`; the inbox knows it by this name, so it never changes. */
  readonly name: string;
  readonly topic: T;
  /**
   * Locks what a batch will change, in the one order that everybody keeps who changes it. Several events are handled in one
   * transaction, and batches of other partitions in others beside it: each would lock in the order in which it hears.
   */
  readonly before?: (tx: Tx, batch: readonly HeardOf<T>[]) => Promise<void>;
  readonly on: {
    readonly [Type in keyof T["types"] & string]:
      | ((tx: Tx, heard: Heard<MessageShape<T["types"][Type]>>) => Promise<void>)
      | typeof ignored;
  };
};

/** A consumer whose types are known to itself only: decodes a message and handles it. */
export type BoundConsumer = {
  readonly name: string;
  readonly topic: string;
  /** The types that it does not ignore. */
  readonly types: readonly string[];
  /** False for what it ignores. What it hears and does not know comes from a newer version: it is parked until this one is renewed. */
  readonly hears: (type: string) => boolean;
  readonly knows: (type: string) => boolean;
  /** Called before the first of a batch is handled. What cannot be read is passed over: to handle it will say why. */
  readonly before: (tx: Tx, batch: readonly BusMessage[]) => Promise<void>;
  readonly handle: (tx: Tx, message: BusMessage) => Promise<void>;
};

/** Binds a consumer to its topic. Its `handle` throws for what it does not know; the inbox parks that. */
export const consumer = <T extends Topic>({ name, topic, before, on }: Consumer<T>): BoundConsumer => ({
  name,
  topic: topic.name,
  types: Object.keys(on).filter((type) => on[type] !== ignored),
  hears: (type) => on[type] !== ignored,
  knows: (type) => Object.hasOwn(on, type),
  before: async (tx, batch) => {
    await before?.(
      tx,
      batch.flatMap((message) => readOrNone(topic, message)),
    );
  },
  handle: async (tx, message) => {
    const type = typeOf(message);
    const handler = on[type];
    const schema = topic.types[type];
    if (!schema || !handler || handler === ignored) throw new Error(`${name} does not know the event type ${type}.`);
    await handler(tx, toHeard(message, fromBinary(schema, message.value) as MessageShape<T["types"][string]>));
  },
});

const readOrNone = <T extends Topic>(topic: T, message: BusMessage): readonly HeardOf<T>[] => {
  const type = typeOf(message);
  const schema = topic.types[type];
  if (!schema) return [];
  try {
    return [{ ...toHeard(message, fromBinary(schema, message.value)), type } as HeardOf<T>];
  } catch {
    return [];
  }
};

/** The event's type; empty for what is no CloudEvent. */
export const typeOf = ({ headers }: BusMessage): string => headers.ce_type ?? "";
/** As the database writes it, however it came. */
export const idOf = ({ headers }: BusMessage): string => (headers.ce_id ?? "").toLowerCase();

const toHeard = <Event>(message: BusMessage, event: Event): Heard<Event> => ({
  event,
  id: idOf(message),
  aggregate: message.key,
  version: Number(message.headers.ce_aggregateversion),
  at: Temporal.Instant.from(message.headers.ce_time ?? ""),
  actor: message.headers.ce_actor ?? "",
});
