import { atOnce } from "@headway/kernel/at-once";
import type { EachBatchPayload, KafkaMessage } from "kafkajs";
import { type FetchedBatch, type FetchedPartition, fetchedPartition, type PartitionNeeds } from "./kafka-partition.ts";

export type FetchedNeeds = Pick<PartitionNeeds, "onTrouble" | "isHeld" | "leaving"> & {
  /** Handles messages of one partition, in their order. */
  readonly handle: (topic: string, messages: readonly KafkaMessage[]) => Promise<void>;
};

/** What a member has fetched and not handled yet: each partition in its order, several partitions side by side. */
export type Fetched = {
  /** Takes a batch in, to be handled soon. */
  readonly take: (payload: FetchedPayload) => Promise<void>;
  /** Which partitions of each topic are this member's from now on. What it has of others is forgotten. */
  readonly assign: (partitions: Readonly<Record<string, readonly number[]>>) => void;
  /** Handles what waits, unless it is held. */
  readonly goOn: () => void;
  /** Commits the offsets up to which the partitions are handled, where they are not yet. */
  readonly commit: () => Promise<void>;
  /** When nothing is in hand. */
  readonly isIdle: () => Promise<void>;
};

export type FetchedPayload = Pick<EachBatchPayload, "resolveOffset" | "pause" | "commitOffsetsIfNecessary"> & {
  readonly batch: FetchedBatch;
};

type Place = { readonly topic: string; readonly partition: number; readonly ahead: FetchedPartition };

const sideBySide = 3;

/**
 * kafkajs fetches no more before all that it has handed over is done with. What it hands over is only taken in here, and it
 * goes on: so the group hears its heartbeats whatever the work takes, and an event does not wait for those of others.
 *
 * A join does not make it forget what it has of a partition that it keeps, before Kafka delivers that again: kafkajs fetches
 * from each broker by itself, and what one of them was asked for before the join may be handed over after it. Taken in behind
 * a gap, it would be committed, and the gap with it. So a gap is believed only where Kafka begins there again, and so is
 * what comes first after a join: whoever had the partition meanwhile may have come further.
 */
export const fetchedAhead = ({ handle, onTrouble, isHeld, leaving }: FetchedNeeds): Fetched => {
  const turns = atOnce(sideBySide);
  let places: ReadonlyMap<string, Place> = new Map();
  /** What was in hand of partitions that others have now. */
  const ending = new Set<Promise<void>>();
  /**
   * Commits exactly the offsets that it is called with; of the last batch that was taken in. kafkajs would commit by itself
   * what it knows, again and again, also where others have come further meanwhile.
   */
  let commitOffsets: FetchedPayload["commitOffsetsIfNecessary"] = async () => {};

  const made = (topic: string, partition: number): Place => {
    const own = { onTrouble, isHeld, leaving, turns };
    return { topic, partition, ahead: fetchedPartition({ ...own, handle: (messages) => handle(topic, messages) }) };
  };

  return {
    async take({ batch, resolveOffset, pause, commitOffsetsIfNecessary }) {
      const place = places.get(nameOf(batch.topic, batch.partition));
      if (!place || leaving.aborted) return;
      commitOffsets = commitOffsetsIfNecessary;
      if (!place.ahead.take(batch, pause)) return;
      resolveOffset(batch.lastOffset());
      place.ahead.goOn();
    },
    assign(partitions) {
      const before = places;
      const all = Object.entries(partitions).flatMap(([topic, own]) =>
        own.map((partition) => before.get(nameOf(topic, partition)) ?? made(topic, partition)),
      );
      places = new Map(all.map((place) => [nameOf(place.topic, place.partition), place]));
      for (const [name, { ahead }] of before) {
        if (places.has(name)) ahead.rejoined();
        else {
          ahead.lose();
          const end = ahead.isIdle();
          ending.add(end);
          void end.then(() => ending.delete(end));
        }
      }
    },
    goOn() {
      for (const { ahead } of places.values()) ahead.goOn();
    },
    async commit() {
      const due = [...places.values()].flatMap(({ topic, partition, ahead }) => {
        const offset = ahead.due();
        return offset === null ? [] : [{ topic, partition, offset, ahead }];
      });
      if (due.length === 0) return;
      await commitOffsets({
        topics: [...Map.groupBy(due, ({ topic }) => topic)].map(([topic, own]) => ({
          topic,
          partitions: own.map(({ partition, offset }) => ({ partition, offset })),
        })),
      });
      for (const { ahead, offset } of due) ahead.committed(offset);
    },
    async isIdle() {
      await Promise.all([...ending, ...[...places.values()].map(({ ahead }) => ahead.isIdle())]);
    },
  };
};

const nameOf = (topic: string, partition: number): string => `${topic} ${partition}`;
