import type { Admin, Kafka } from "kafkajs";
import { keptMs } from "./event-age.ts";
import { pauses } from "./pauses.ts";

export type TopicSettings = { readonly partitions: number; readonly replicas: number };

export type TopicMaker = {
  /** Makes topics that are missing; each is asked for once. They can be written and read when it resolves. */
  readonly ensure: (topics: readonly string[]) => Promise<void>;
  /** Asks for the topics anew the next time, where `error` says that one is gone: somebody has deleted it. */
  readonly forgetGone: (topics: readonly string[], error: unknown) => void;
};

export const topicMaker = (kafka: Pick<Kafka, "admin">, { partitions, replicas }: TopicSettings): TopicMaker => {
  const known = new Set<string>();

  const create = (admin: Admin, topic: string): Promise<boolean> =>
    admin.createTopics({
      waitForLeaders: false,
      topics: [
        {
          topic,
          numPartitions: partitions,
          replicationFactor: replicas,
          // Whatever the broker's own habit is: the inbox forgets later than this, and must not forget earlier.
          configEntries: [{ name: "retention.ms", value: String(keptMs) }],
        },
      ],
    });

  // Another process may just be making the same topic. A broker tells of a leader a moment before that leader serves; and
  // where one partition refuses, kafkajs sends again what the others have taken. So each leader is asked for its offset.
  const untilServed = async (admin: Admin, topics: readonly string[]): Promise<void> => {
    for await (const last of pauses(Array.from({ length: 100 }, () => 100))) {
      if (await isServed(admin, topics).catch(() => false)) return;
      if (last) throw new Error(`Kafka's topics ${topics.join(", ")} are not served by a leader.`);
    }
  };

  const isServed = async (admin: Admin, topics: readonly string[]): Promise<boolean> => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
    if (found.length < topics.length || !found.every((topic) => topic.partitions.every(({ leader }) => leader >= 0)))
      return false;
    await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    return true;
  };

  return {
    async ensure(topics) {
      const missing = topics.filter((topic) => !known.has(topic));
      if (missing.length === 0) return;
      // One of its own: kafkajs' asks for every topic that it has ever known, and fails for those that are gone.
      const admin = kafka.admin();
      try {
        await admin.connect();
        // One by one: several answers kafkajs sorts as a language would, and the tables for that take some two megabytes.
        for (const topic of missing) await create(admin, topic);
        await untilServed(admin, missing);
      } finally {
        await admin.disconnect();
      }
      for (const topic of missing) known.add(topic);
    },
    forgetGone(topics, error) {
      if (saysGone(error)) for (const topic of topics) known.delete(topic);
    },
  };
};

// kafkajs wraps it once it has tried often enough.
const saysGone = (error: unknown): boolean =>
  error instanceof Error && (("type" in error && error.type === "UNKNOWN_TOPIC_OR_PARTITION") || saysGone(error.cause));
