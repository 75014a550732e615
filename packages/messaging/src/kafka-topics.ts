import type { Admin } from "kafkajs";
import { keptMs } from "./event-age.ts";
import { pauses } from "./pauses.ts";

export type TopicSettings = { readonly partitions: number; readonly replicas: number };

/** Makes topics that are missing; each is asked for once. They can be written and read when it resolves. */
export const topicMaker = (admin: Admin, { partitions, replicas }: TopicSettings) => {
  const known = new Set<string>();

  const create = (topic: string): Promise<boolean> =>
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
  const untilServed = async (topics: readonly string[]): Promise<void> => {
    for await (const last of pauses(Array.from({ length: 100 }, () => 100))) {
      if (await isServed(topics).catch(() => false)) return;
      if (last) throw new Error(`Kafka's topics ${topics.join(", ")} are not served by a leader.`);
    }
  };

  const isServed = async (topics: readonly string[]): Promise<boolean> => {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
    if (found.length < topics.length || !found.every((topic) => topic.partitions.every(({ leader }) => leader >= 0)))
      return false;
    await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    return true;
  };

  return async (topics: readonly string[]): Promise<void> => {
    const missing = topics.filter((topic) => !known.has(topic));
    if (missing.length === 0) return;
    // One by one: several answers kafkajs sorts as a language would, and the tables for that take some two megabytes.
    for (const topic of missing) await create(topic);
    await untilServed(missing);
    for (const topic of missing) known.add(topic);
  };
};
