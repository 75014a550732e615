import { randomBytes } from "node:crypto";
import { Kafka, logLevel, type Message } from "kafkajs";
import { type Databases, openDatabases, type ServiceName } from "../audit/databases.ts";

export type TopicName = (service: ServiceName) => string;

/** The topics of a run of its own: others use the same Kafka. */
export const ownTopics = (): TopicName => {
  const run = randomBytes(4).toString("hex");
  return (service) => `audit-${run}.${service}`;
};

export type Sending = {
  readonly postgresUrl: string;
  readonly brokers: readonly string[];
  readonly nameOf: TopicName;
  readonly of: readonly ServiceName[];
};

/** Sends services' logs as a relay would, or what `spoil` makes of them. One partition is enough for an order. */
export const sendLogs = async (
  { postgresUrl, brokers, nameOf, of }: Sending,
  spoil: (messages: readonly Message[]) => readonly Message[] = (messages) => messages,
): Promise<void> => {
  const kafka = new Kafka({ clientId: "audit-test", brokers: [...brokers], logLevel: logLevel.NOTHING });
  const [db, admin, producer] = [
    openDatabases(postgresUrl),
    kafka.admin(),
    kafka.producer({ allowAutoTopicCreation: false }),
  ];
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    const topics = of.map((service) => ({ topic: nameOf(service), numPartitions: 1 }));
    await admin.createTopics({ waitForLeaders: true, topics });
    for (const service of of) {
      const messages = spoil(await readLog(db, service));
      if (messages.length > 0) await producer.send({ topic: nameOf(service), messages: [...messages] });
    }
  } finally {
    await Promise.all([db.close(), admin.disconnect(), producer.disconnect()]);
  }
};

type LogRecord = { id: string; type: string; key: string; version: number; actor: string; at: string; payload: Buffer };

const readLog = async (db: Databases, service: ServiceName): Promise<Message[]> => {
  const records = await db.rows<LogRecord>(
    service,
    `select id, type, aggregate_id as key, aggregate_version as version, actor, payload,
       to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from event_log order by position`,
  );
  return records.map(({ id, type, key, version, actor, at, payload }) => ({
    key,
    value: payload,
    headers: {
      ce_id: id,
      ce_type: type,
      ce_subject: key,
      ce_aggregateversion: String(version),
      ce_actor: actor,
      ce_time: at,
    },
  }));
};
