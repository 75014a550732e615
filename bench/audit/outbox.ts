import { type Databases, type ServiceName, services } from "./databases.ts";
import type { Check } from "./finding.ts";
import { againstTopic, type Logged } from "./outbox/against-topic.ts";
import { readTopics } from "./outbox/read-topics.ts";

/** Days for which a topic surely keeps its messages. */
const keptDays = 7;

/** Reporting only listens. */
const tellers = services.filter((name) => name !== "reporting");

/** Where a service's events go; another only in tests. */
const topicOf = (service: ServiceName): string => `headway.${service}.v1`;

/** The outbox against Kafka: what was published is in its topic, and in its order. */
export const checkOutbox = async (
  db: Databases,
  brokers: readonly string[],
  nameOf: (service: ServiceName) => string = topicOf,
): Promise<readonly Check[]> => {
  const held = new Map(
    await Promise.all(
      tellers.map(async (service) => {
        const topic = nameOf(service);
        return [topic, againstTopic(topic, await readLog(db, service))] as const;
      }),
    ),
  );
  await readTopics({ brokers, topics: [...held.keys()] }, (message) => held.get(message.topic)?.hear(message));
  return [...held.values()].map(({ check }) => check());
};

const readLog = (db: Databases, service: ServiceName): Promise<Logged[]> =>
  db.rows<Logged>(
    service,
    `select position, id, type, aggregate_id as key, aggregate_version as version, actor, payload, published_at is not null as published,
       to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, coalesce(published_at, now()) < now() - $1 * interval '1 day' as old
     from event_log order by position`,
    [keptDays],
  );
