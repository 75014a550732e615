import { setTimeout as pause } from "node:timers/promises";
import type { Bus, BusMessage } from "@headway/messaging/bus";
import { handleOnce } from "@headway/messaging/inbox";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import { quantile } from "../../frame/spread.ts";
import { forked } from "../forked.ts";
import { bareKafka } from "./bare-kafka.ts";
import { copying, makeCopies } from "./duty-copy.ts";
import { indexOf } from "./duty-events.ts";
import { sharedClock } from "./pace.ts";
import type { Producing } from "./producing-process.ts";
import { type EventServers, withDatabase } from "./servers.ts";
import type { Committed, Committing } from "./service-process.ts";

const pace = { perSecond: 200, seconds: 12 };
const patience = 20_000;

/** Milliseconds. */
export type Latency = { readonly p50: number; readonly p99: number };

/** From the commit in one process to the commit of the effect in another, on a database of its own. */
export const commitToEffect = async (servers: EventServers, name: string): Promise<Latency> => {
  const topic = `headway.${name}.v1`;
  const url = await servers.databaseFor(`${name}-teller`);
  return withDatabase(await servers.databaseFor(`${name}-hearer`), async (db) => {
    await makeCopies(db);
    const arrived: number[] = [];
    const bus = await listening(servers.brokers, topic, handled(db, topic, arrived));
    const service = forked<Committing, Committed>(new URL("service-process.ts", import.meta.url));
    try {
      const { committed } = await service.ask({ url, brokers: servers.brokers, topic, pace, together: 1 });
      return await latencyOf(committed, arrived);
    } finally {
      await Promise.all([service.end(), bus.close()]);
    }
  });
};

const handled = (db: Parameters<typeof makeCopies>[0], topic: string, arrived: number[]) => {
  const [handle, consumer] = [handleOnce({ db, onParked: () => {} }), copying(topic)];
  return async (batch: readonly BusMessage[]): Promise<void> => {
    await handle(consumer, batch);
    for (const message of batch) arrived[indexOf(message)] = sharedClock();
  };
};

const listening = async (
  brokers: readonly string[],
  topic: string,
  onBatch: (batch: readonly BusMessage[]) => Promise<void>,
): Promise<Bus> => {
  const fail = (error: Error): never => {
    throw error;
  };
  const bus = await kafkaBus({ brokers, clientId: "hearer", onDead: fail });
  await bus.subscribe({ group: topic, topics: [topic], from: "earliest", onBatch });
  return bus;
};

/** The same messages by kafkajs alone, produced in one process and consumed in another: no offset is committed, nothing is done with them. */
export const produceToConsume = async (
  { brokers }: EventServers,
  name: string,
  messages: readonly BusMessage[],
): Promise<Latency> => {
  const topic = `headway.${name}.v1`;
  const kafka = bareKafka(brokers);
  const admin = kafka.admin();
  await admin.createTopics({ topics: [{ topic, numPartitions: 6, replicationFactor: 1 }] });
  await admin.disconnect();
  const arrived: number[] = [];
  const consumer = kafka.consumer({
    groupId: topic,
    maxWaitTimeInMs: 250,
    sessionTimeout: 10_000,
    heartbeatInterval: 2000,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const { headers } of batch.messages) arrived[Number(String(headers?.index))] = sharedClock();
    },
  });
  const producer = forked<Producing, readonly number[]>(new URL("producing-process.ts", import.meta.url));
  try {
    const begun = await producer.ask({ brokers, topic, pace, messages: messages.slice(0, 1000) });
    return await latencyOf(begun, arrived);
  } finally {
    await Promise.all([producer.end(), consumer.disconnect()]);
  }
};

/** Waits until all have arrived. Throws where one does not. */
const latencyOf = async (begun: readonly number[], arrived: readonly number[]): Promise<Latency> => {
  const ends = performance.now() + patience;
  const isMissing = (): boolean => begun.some((_, index) => arrived[index] === undefined);
  while (isMissing()) {
    if (performance.now() > ends) throw new Error("An event did not arrive.");
    await pause(20);
  }
  // What a process does first is not what it does all day.
  const latencies = begun.map((at, index) => (arrived[index] ?? 0) - at).slice(begun.length / 6);
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
};
