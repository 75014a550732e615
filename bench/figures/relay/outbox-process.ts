import { setTimeout as pause } from "node:timers/promises";
import { Kafka, logLevel, Partitioners } from "kafkajs";
import pg from "pg";
import {
  createReplicationSegmentMutexConcurrencyController,
  getDisabledLogger,
  initializeReplicationMessageListener,
} from "pg-transactional-outbox";
import { answering } from "../forked.ts";
import { type Draining, setup } from "./outbox-setup.ts";

// In a process of its own: the package wants pg's own dates, which packages/postgres does without.
answering(async ({ url, brokers }: Draining): Promise<number> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const producer = new Kafka({ clientId: "outbox", brokers: [...brokers], logLevel: logLevel.NOTHING }).producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const began = performance.now();
  const [shutdown] = initializeReplicationMessageListener(
    {
      outboxOrInbox: "outbox",
      dbListenerConfig: { connectionString: url },
      settings: {
        dbSchema: setup.schema,
        dbTable: setup.table,
        dbPublication: setup.publication,
        dbReplicationSlot: setup.replicationSlot,
        enableMaxAttemptsProtection: false,
        enablePoisonousMessageProtection: false,
        messageProcessingTimeoutInMs: 120_000,
      },
    },
    {
      async handle({ aggregateId, payload, metadata }) {
        const { topic = "", ...headers } = metadata as Record<string, string>;
        const value = Buffer.from((payload as { readonly bytes: string }).bytes, "base64");
        await producer.send({ topic, acks: -1, messages: [{ key: aggregateId, headers, value }] });
      },
    },
    getDisabledLogger(),
    { concurrencyStrategy: createReplicationSegmentMutexConcurrencyController() },
  );
  while ((await pool.query("select 1 from outbox where processed_at is null limit 1")).rows.length > 0) await pause(20);
  const seconds = (performance.now() - began) / 1000;
  await shutdown();
  await Promise.all([producer.disconnect(), pool.end()]);
  return seconds;
});
