import type { KafkaMessage, TopicPartitionOffset } from "kafkajs";
import { type FetchedNeeds, type FetchedPayload, fetchedAhead } from "../src/kafka-fetched.ts";

const messages = (from: number, count: number): KafkaMessage[] =>
  Array.from({ length: count }, (_, index) => ({ offset: String(from + index) }) as KafkaMessage);

export const spanOf = (chunk: readonly KafkaMessage[]): string => `${chunk[0]?.offset}-${chunk.at(-1)?.offset}`;

/** What a member has of topic `t`, of which it has all six partitions at first, and what kafkajs and the broker hear of it. */
export const given = (needs: Partial<FetchedNeeds> = {}) => {
  const handled: string[] = [];
  const told = {
    resolved: [] as string[],
    committed: [] as TopicPartitionOffset[],
    paused: 0,
    resumed: 0,
    fails: false,
  };
  const fetched = fetchedAhead({
    handle: async (_, chunk) => void handled.push(spanOf(chunk)),
    onTrouble: () => {},
    isHeld: () => false,
    leaving: new AbortController().signal,
    ...needs,
  });
  fetched.assign({ t: [0, 1, 2, 3, 4, 5] });
  const commitOffsetsIfNecessary: FetchedPayload["commitOffsetsIfNecessary"] = async (offsets) => {
    if (told.fails) throw new Error("the broker is away");
    told.committed = (offsets?.topics ?? []).flatMap(({ topic, partitions }) =>
      partitions.map((each) => ({ topic, ...each })),
    );
  };
  const pause = () => {
    told.paused++;
    return () => void told.resumed++;
  };
  return {
    fetched,
    handled,
    told,
    take: (from: number, count: number, { partition = 0 } = {}) =>
      fetched.take({
        batch: {
          topic: "t",
          partition,
          messages: messages(from, count),
          // As in kafkajs, it is nothing without its batch.
          lastOffset() {
            return this.messages.at(-1)?.offset ?? "";
          },
        },
        resolveOffset: (offset) => told.resolved.push(offset),
        pause,
        commitOffsetsIfNecessary,
      }),
    /** What is committed now, where anything is. */
    async committed(): Promise<readonly TopicPartitionOffset[]> {
      told.committed = [];
      await fetched.commit();
      return told.committed;
    },
  };
};

export const upTo = (offset: number, partition = 0): TopicPartitionOffset[] => [
  { topic: "t", partition, offset: String(offset) },
];

/** Handles nothing until it is opened, and tells what it has begun with. */
export const gated = () => {
  const gate = Promise.withResolvers<void>();
  const begun: string[] = [];
  const handle: FetchedNeeds["handle"] = async (_, chunk) => {
    begun.push(spanOf(chunk));
    await gate.promise;
  };
  return { begun, handle, open: gate.resolve };
};
