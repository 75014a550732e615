import { Kafka, logLevel, Partitioners } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../src/eventually.ts";
import { type NativeKafka, startKafka } from "../src/native-kafka.ts";
import { identityOf } from "../src/process-identity.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const clientOf = ({ brokers }: NativeKafka): Kafka => new Kafka({ brokers, logLevel: logLevel.NOTHING });

const published = async (server: NativeKafka, topic: string): Promise<void> => {
  const admin = clientOf(server).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
  // kafkajs' own waiting fails where the broker has not heard of the topic yet.
  await eventually(() => admin.fetchTopicOffsets(topic));
  await admin.disconnect();
  const producer = clientOf(server).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: [{ value: "signed on" }] });
  await producer.disconnect();
};

const endOf = async (server: NativeKafka, topic: string): Promise<string | undefined> => {
  const admin = clientOf(server).admin();
  await admin.connect();
  // A broker that has just started may not lead the partition yet.
  const [partition] = await eventually(() => admin.fetchTopicOffsets(topic));
  await admin.disconnect();
  return partition?.high;
};

const topicsOf = async (server: NativeKafka): Promise<string[]> => {
  const admin = clientOf(server).admin();
  await admin.connect();
  const topics = await admin.listTopics();
  await admin.disconnect();
  return topics;
};

test("it answers, and a second start finds the messages on the same port", async () => {
  const folder = await temporaryFolder();
  const first = await startKafka({ folder });
  // Groups can be joined from the first moment on.
  expect(await topicsOf(first)).toEqual(["__consumer_offsets"]);
  await published(first, "headway.dispatch.v1");
  await first.stop();
  expect(await identityOf(first.pid)).toBeNull();

  const second = await startKafka({ folder, port: first.port });
  onTestFinished(second.kill);

  expect(second.brokers).toEqual(first.brokers);
  expect(await endOf(second, "headway.dispatch.v1")).toBe("1");
});
