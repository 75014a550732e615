import { randomBytes } from "node:crypto";
import { fromBinary } from "@bufbuild/protobuf";
import { DepotOpenedSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { Kafka, type KafkaMessage, logLevel } from "kafkajs";
import { asking } from "./ledger-database.ts";
import type { Applied, Logged, Seen, Sent } from "./seen.ts";

/** Where a run can be seen from outside. The group of its consumers is called as its topic. */
export type Outside = { readonly databaseUrl: string; readonly topic: string; readonly brokers: readonly string[] };

/** Looks at database and topic from outside: SQL and a Kafka client, nothing of the code that is tried. */
export const look = async ({ databaseUrl, brokers, topic }: Outside): Promise<Seen> => ({
  ...(await readDatabase(databaseUrl)),
  topic: await readTopic(brokers, topic),
});

const readDatabase = (url: string): Promise<Omit<Seen, "topic">> =>
  asking(url, async (client) => {
    const read = async <Row extends object>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
    const log = await read<Omit<Logged, "command"> & { payload: Buffer }>(
      `select id, aggregate_id as account, aggregate_version as version, published_at is not null as published, payload
       from event_log order by position`,
    );
    const accounts = await read<Seen["accounts"][number]>(
      "select id as account, version, sum::integer as sum from account",
    );
    const [parked] = await read<{ count: number }>("select count(*)::integer as count from parked_event");
    return {
      accounts,
      log: log.map(({ payload, ...event }) => ({ ...event, command: commandOf(payload) })),
      effects: await read<Applied>("select account, version from effect order by place"),
      parked: parked?.count ?? 0,
    };
  });

const commandOf = (payload: Uint8Array): number => Number(fromBinary(DepotOpenedSchema, payload).code);

export const clientOf = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: "checker", brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 10 } });

/** The topic from its beginning to where it ends now. */
const readTopic = async (brokers: readonly string[], topic: string): Promise<readonly Sent[]> => {
  const kafka = clientOf(brokers);
  const ends = await endsOf(kafka, topic);
  const read: Sent[] = [];
  if (ends.size === 0) return read;
  const consumer = kafka.consumer({ groupId: `checker-${randomBytes(6).toString("hex")}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The topic ${topic} could not be read to its end.`)), 120_000);
      consumer
        .run({
          autoCommit: false,
          async eachMessage({ partition, message }) {
            const end = ends.get(partition);
            if (end === undefined) return;
            read.push(toSent(partition, message));
            if (Number(message.offset) === end - 1) ends.delete(partition);
            if (ends.size > 0) return;
            clearTimeout(timer);
            resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return read;
};

/** Where each partition ends, of those that have anything. */
const endsOf = async (kafka: Kafka, topic: string): Promise<Map<number, number>> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets(topic);
    return new Map(
      partitions.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, Number(high)]),
    );
  } finally {
    await admin.disconnect();
  }
};

const toSent = (partition: number, { key, headers, value }: KafkaMessage): Sent => ({
  id: String(headers?.ce_id),
  account: String(key),
  version: Number(headers?.ce_aggregateversion),
  command: commandOf(value ?? new Uint8Array()),
  partition,
});
