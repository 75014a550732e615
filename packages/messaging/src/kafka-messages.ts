import type { KafkaMessage } from "kafkajs";
import type { BusMessage } from "./bus.ts";

// A broker refuses a batch of one partition above 1 MB. What Kafka adds to each message and header is counted generously.
const mostBytes = 768 * 1024;
const addedToMessage = 24;
const addedToHeader = 4;

/** The messages in stretches that a broker takes at once, in order. */
export const parts = (batch: readonly BusMessage[]): readonly (readonly BusMessage[])[] => {
  const made: BusMessage[][] = [[]];
  let bytes = 0;
  for (const message of batch) {
    const size = sizeOf(message);
    if (bytes > 0 && bytes + size > mostBytes) {
      made.push([]);
      bytes = 0;
    }
    made.at(-1)?.push(message);
    bytes += size;
  }
  return made;
};

const sizeOf = ({ key, headers, value }: BusMessage): number =>
  Object.entries(headers).reduce(
    (sum, [name, text]) => sum + name.length + text.length + addedToHeader,
    key.length + value.length + addedToMessage,
  );

/** As kafkajs' sendBatch wants it. */
export const byTopic = (batch: readonly BusMessage[]) =>
  [...Map.groupBy(batch, ({ topic }) => topic)].map(([topic, messages]) => ({
    topic,
    messages: messages.map(({ key, headers, value }) => ({ key, headers: { ...headers }, value: Buffer.from(value) })),
  }));

/** What kafkajs has fetched, as the port hands it on. */
export const toBusMessage = (topic: string, { key, headers, value }: KafkaMessage): BusMessage => ({
  topic,
  key: key?.toString() ?? "",
  headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
  value: value ?? new Uint8Array(),
});
