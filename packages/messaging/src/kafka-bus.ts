import { within } from "@headway/kernel/within";
import { type Admin, Kafka, logLevel, Partitioners } from "kafkajs";
import type { Bus, BusMessage } from "./bus.ts";
import { joinGroup, type KafkaMember } from "./kafka-member.ts";
import { byTopic, parts } from "./kafka-messages.ts";
import { topicMaker } from "./kafka-topics.ts";
import { pauses } from "./pauses.ts";

export type KafkaBusSettings = {
  readonly brokers: readonly string[];
  /** Seen in the broker's logs. */
  readonly clientId: string;
  /** Told once when a member has left for good: the process must end, so that its watchdog starts it anew. */
  readonly onDead: (error: Error) => void;
  /** Told of a failure from which a member recovers by itself. */
  readonly onTrouble?: (error: Error) => void;
  readonly partitions?: number;
  readonly replicas?: number;
  /** A member that died is given up after this long; until then its group waits for it. */
  readonly sessionMs?: number;
};

/**
 * The bus on Apache Kafka by kafkajs; the traps it works around are named where they are.
 * Waits about half a minute for brokers that are just starting.
 */
export const kafkaBus = async ({
  brokers,
  clientId,
  onDead,
  onTrouble = () => {},
  partitions = 6,
  replicas = 1,
  sessionMs = 10_000,
}: KafkaBusSettings): Promise<Bus> => {
  const kafkaWith = (retries: number): Kafka =>
    new Kafka({
      clientId,
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
      requestTimeout: 10_000,
      retry: { retries, initialRetryTime: 100, maxRetryTime: 1000 },
    });
  // Few: whoever publishes tries again by itself, and a stop must not wait for it.
  const kafka = kafkaWith(4);
  // As long as a session: a member that gives up while the brokers are away comes back as a stranger, for whom the group
  // waits until the session of the old one has ended.
  const consuming = kafkaWith(Math.ceil(sessionMs / 1000) + 4);
  const admin = kafka.admin();
  // Not idempotent: where an answer is lost, kafkajs gives the next batch the same sequence numbers, and the broker takes
  // it for the one it has. What is written twice instead, the inbox knows.
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await patiently(async () => {
    await Promise.all([admin.connect(), producer.connect()]);
    // A fresh broker is up before it can coordinate groups; a member that joins in between is given up by kafkajs for good.
    await admin.describeGroups([clientId]);
  });

  const members = new Map<string, KafkaMember>();
  const topics = topicMaker(kafka, { partitions, replicas });
  const publishing = new Set<Promise<void>>();

  const send = async (batch: readonly BusMessage[]): Promise<void> => {
    const named = [...new Set(batch.map(({ topic }) => topic))];
    await topics.ensure(named);
    for (const part of parts(batch))
      await producer.sendBatch({ acks: -1, topicMessages: byTopic(part) }).catch((error: unknown) => {
        topics.forgetGone(named, error);
        throw error;
      });
  };

  return {
    async publish(batch) {
      const work = send(batch);
      publishing.add(work);
      await work.finally(() => publishing.delete(work));
    },
    async subscribe(subscription) {
      await topics.ensure(subscription.topics);
      const member = joinGroup(consuming, subscription, { sessionMs, onDead, onTrouble });
      members.set(subscription.group, member);
      await member.joined;
    },
    pause: (group) => members.get(group)?.pause(),
    resume: (group) => members.get(group)?.resume(),
    lag: (group) => lagOf(admin, group, members.get(group)?.topics ?? []),
    async isReachable() {
      if ([...members.values()].some((member) => !member.isServed())) return false;
      return within(2000, admin.describeCluster()).then(
        ({ brokers }) => brokers.length > 0,
        () => false,
      );
    },
    async close() {
      await Promise.all([...members.values()].map((member) => member.leave()));
      await Promise.allSettled(publishing);
      await Promise.all([producer.disconnect(), admin.disconnect()]);
    },
  };
};

const patiently = async (work: () => Promise<unknown>): Promise<void> => {
  for await (const last of pauses([1000, 2000, 4000, 8000])) {
    try {
      return void (await work());
    } catch (error) {
      if (last) throw error;
    }
  }
};

const lagOf = async (admin: Admin, group: string, topics: readonly string[]): Promise<number> => {
  if (topics.length === 0) return 0;
  const done = await admin.fetchOffsets({ groupId: group, topics: [...topics] });
  const lags = topics.map(async (topic) =>
    behind(await admin.fetchTopicOffsets(topic), done.find((each) => each.topic === topic)?.partitions ?? []),
  );
  return (await Promise.all(lags)).reduce((sum, lag) => sum + lag, 0);
};

type Offset = { readonly partition: number; readonly offset: string };

const behind = (ends: readonly (Offset & { readonly low: string })[], done: readonly Offset[]): number =>
  ends.reduce((sum, { partition, offset, low }) => {
    const committed = Number(done.find((entry) => entry.partition === partition)?.offset ?? -1);
    return sum + Number(offset) - Math.max(committed, Number(low));
  }, 0);
