import { randomUUID } from "node:crypto";
import { type Admin, Kafka, logLevel } from "kafkajs";

/** A message as it lies in a topic. */
export type Message = {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
};

export type TopicsWanted = { readonly brokers: readonly string[]; readonly topics: readonly string[] };

/** Milliseconds without a message after which the rest is given up. */
const patience = 30_000;

/**
 * Hands every message of the topics to `hear`, from the oldest that is kept to the newest there is now; those of one
 * partition in their order. A topic that is not there has none. Throws where the brokers do not answer.
 */
export const readTopics = async (
  { brokers, topics }: TopicsWanted,
  hear: (message: Message) => void,
): Promise<void> => {
  const kafka = new Kafka({ clientId: "headway-audit", brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const there = (await admin.listTopics()).filter((topic) => topics.includes(topic));
    const left = await endsOf(admin, there);
    if (left.size > 0) await readTo(kafka, admin, there, left, hear);
  } finally {
    await admin.disconnect();
  }
};

const placeOf = (topic: string, partition: number): string => `${topic} ${partition}`;

/** By partition that has messages: the offset behind its newest. */
const endsOf = async (admin: Admin, topics: readonly string[]): Promise<Map<string, bigint>> => {
  const ends = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      if (BigInt(high) > BigInt(low)) ends.set(placeOf(topic, partition), BigInt(high));
  return ends;
};

const readTo = async (
  kafka: Kafka,
  admin: Admin,
  topics: readonly string[],
  left: Map<string, bigint>,
  hear: (message: Message) => void,
): Promise<void> => {
  const groupId = `headway-audit-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 250 });
  const done = Promise.withResolvers<void>();
  const giveUp = () =>
    done.reject(new Error(`Nothing came any more, and ${[...left.keys()].join(", ")} are not read to their end.`));
  let timer = setTimeout(giveUp, patience);
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) done.reject(payload.error);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, patience);
        const place = placeOf(batch.topic, batch.partition);
        const end = left.get(place);
        if (end === undefined) return;
        for (const { offset, key, headers, value } of batch.messages)
          if (BigInt(offset) < end)
            hear({
              topic: batch.topic,
              partition: batch.partition,
              key: key?.toString() ?? "",
              headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
              value: value ?? Buffer.alloc(0),
            });
        if (BigInt(batch.lastOffset()) + 1n >= end) left.delete(place);
        if (left.size === 0) done.resolve();
      },
    });
    await done.promise;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => {});
  }
};
