import type { BusMessage } from "@headway/messaging/bus";
import { byTopic, parts } from "@headway/messaging/kafka-messages";
import { Kafka, logLevel, Partitioners } from "kafkajs";

/** As the bus talks to Kafka. */
export const bareKafka = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: "bare", brokers: [...brokers], logLevel: logLevel.NOTHING });

/** The same messages in the same batches by kafkajs alone, one awaited `sendBatch` after the other, until `count` are sent; events a second. */
export const sendBare = async (
  brokers: readonly string[],
  batches: readonly (readonly BusMessage[])[],
  count: number,
): Promise<number> => {
  const producer = bareKafka(brokers).producer({
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const prepared = batches.flatMap(parts).map((part) => ({ size: part.length, topicMessages: byTopic(part) }));
  let sent = 0;
  const began = performance.now();
  while (sent < count)
    for (const { size, topicMessages } of prepared) {
      await producer.sendBatch({ acks: -1, topicMessages });
      sent += size;
      if (sent >= count) break;
    }
  const seconds = (performance.now() - began) / 1000;
  await producer.disconnect();
  return sent / seconds;
};
