import { setTimeout as sleep } from "node:timers/promises";
import { atOnce } from "@headway/kernel/at-once";
import type { EachBatchPayload, KafkaMessage, TopicPartitionOffset } from "kafkajs";
import { type FetchedPartition, fetchedPartition, type PartitionNeeds } from "./kafka-partition.ts";

export type FetchedNeeds = Pick<PartitionNeeds, "onTrouble" | "isHeld" | "leaving"> & {
  /** Handles messages of one partition, in their order. */
  readonly handle: (topic: string, messages: readonly KafkaMessage[]) => Promise<void>;
};

/** What a member has fetched and not handled yet: each partition in its order, several partitions side by side. */
export type Fetched = {
  /**
   * Takes a batch in, to be handled soon. Waits while much of its partition is waiting.
   * Throws what the heartbeat throws then, as that the group is put in a new order: nothing was taken.
   */
  readonly take: (payload: Pick<EachBatchPayload, "batch" | "heartbeat" | "resolveOffset">) => Promise<void>;
  /** Forgets what waits: after each join Kafka delivers from the offsets that are committed. */
  readonly forget: () => void;
  /** Handles what waits, unless it is held. */
  readonly goOn: () => void;
  /** Has the offsets kept up to which the partitions are handled, where they are not yet. */
  readonly commit: (keep: (offsets: TopicPartitionOffset[]) => Promise<void>) => Promise<void>;
  /** When nothing is in hand. */
  readonly isIdle: () => Promise<void>;
};

type Place = { readonly topic: string; readonly partition: number; readonly ahead: FetchedPartition };

/** Partitions that are handled side by side. */
const sideBySide = 3;
/** Milliseconds between two looks whether there is room. */
const roomMs = 20;

/**
 * kafkajs fetches no more before all that it has handed over is done with. What it hands over is only taken in here, and it
 * goes on: so the group hears its heartbeats whatever the work takes, and an event does not wait for those of others.
 */
export const fetchedAhead = ({ handle, onTrouble, isHeld, leaving }: FetchedNeeds): Fetched => {
  const places = new Map<string, Place>();
  const turns = atOnce(sideBySide);

  const aheadOf = (topic: string, partition: number): FetchedPartition => {
    const name = `${topic} ${partition}`;
    const known = places.get(name);
    if (known) return known.ahead;
    const ahead = fetchedPartition({
      handle: (messages) => turns.run(() => handle(topic, messages)),
      onTrouble,
      isHeld,
      leaving,
    });
    places.set(name, { topic, partition, ahead });
    return ahead;
  };

  return {
    async take({ batch, heartbeat, resolveOffset }) {
      const ahead = aheadOf(batch.topic, batch.partition);
      while (ahead.isFull() && !leaving.aborted) {
        await sleep(roomMs);
        await heartbeat();
      }
      if (leaving.aborted) return;
      ahead.add(batch.messages);
      resolveOffset(batch.lastOffset());
      ahead.goOn();
    },
    forget() {
      for (const { ahead } of places.values()) ahead.forget();
    },
    goOn() {
      for (const { ahead } of places.values()) ahead.goOn();
    },
    async commit(keep) {
      const due = [...places.values()].flatMap(({ topic, partition, ahead }) => {
        const offset = ahead.due();
        return offset === null ? [] : [{ topic, partition, offset, ahead }];
      });
      if (due.length === 0) return;
      await keep(due.map(({ topic, partition, offset }) => ({ topic, partition, offset })));
      for (const { ahead, offset } of due) ahead.committed(offset);
    },
    async isIdle() {
      await Promise.all([...places.values()].map(({ ahead }) => ahead.isIdle()));
    },
  };
};
