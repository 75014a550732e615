import type { BusMessage } from "@headway/messaging/bus";
import { Kafka, logLevel, Partitioners } from "kafkajs";
import { answering } from "../forked.ts";
import { type Pace, paced, sharedClock } from "./pace.ts";

export type Producing = {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly pace: Pace;
  /** Sent in turn. */
  readonly messages: readonly BusMessage[];
};

// Straight to Kafka. Answers when each was begun to be sent, on the shared clock.
answering(async ({ brokers, topic, pace, messages }: Producing): Promise<readonly number[]> => {
  const producer = new Kafka({ clientId: "bare", brokers: [...brokers], logLevel: logLevel.NOTHING }).producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const begun: number[] = [];
  await paced(pace, async (index) => {
    const message = messages[index % messages.length];
    if (!message) return;
    const { key, headers, value } = message;
    begun[index] = sharedClock();
    const numbered = { ...headers, index: String(index) };
    await producer.send({ topic, acks: -1, messages: [{ key, headers: numbered, value: Buffer.from(value) }] });
  });
  await producer.disconnect();
  return begun;
});
