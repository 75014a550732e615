import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hrTopic } from "@headway/contracts/topics";
import { within } from "@headway/kernel/within";
import { eventually } from "@headway/testkit/eventually";
import { type FaultProxy, faultProxy } from "@headway/testkit/fault-proxy";
import { freePort } from "@headway/testkit/free-port";
import { type NativeKafka, startKafka } from "@headway/testkit/native-kafka";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Bus, BusMessage } from "../src/bus.ts";
import { handleOnce } from "../src/inbox.ts";
import { kafkaBus } from "../src/kafka-bus.ts";
import { relay } from "../src/relay.ts";
import { effectCount, effectsOf, fact, givenDatabase, listener, recording } from "./given-events.ts";

let folder: string;
let kafka: NativeKafka;
let proxy: FaultProxy;
let bus: Bus;

// All that the clients say and hear goes through the proxy: it is the address that the broker tells of itself.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-cut-"));
  const port = await freePort();
  proxy = await faultProxy({ host: "127.0.0.1", port });
  kafka = await startKafka({ folder, port, advertisedPort: proxy.port });
  expect(kafka.port).toBe(port);
  bus = await kafkaBus({ brokers: kafka.brokers, clientId: "cut", sessionMs: 6000, onDead: () => {} });
});
afterAll(async () => {
  await bus.close();
  await kafka.kill();
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const plain = (id: string): BusMessage => ({
  topic: "cut",
  key: "k",
  headers: { ce_id: id },
  value: new Uint8Array(),
});

const membersOf = async (group: string): Promise<readonly string[]> => {
  const admin = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { groups } = await admin.describeGroups([group]);
  await admin.disconnect();
  return groups.flatMap(({ members }) => members.map(({ memberId }) => memberId));
};

test("where the broker's answer is lost, the next message is not taken for the one before", async () => {
  await bus.publish([plain("1")]);
  // Nobody listens yet: the next answer is the one to the producer.
  const lost = proxy.deafen();
  const unanswered = bus.publish([plain("2")]);
  await lost;
  proxy.cut();
  await expect(unanswered).rejects.toThrow();
  proxy.restore();
  await eventually(() => bus.publish([plain("3")]));
  const heard: string[] = [];
  await bus.subscribe({
    group: "cut",
    topics: ["cut"],
    from: "earliest",
    onBatch: async (batch) => void heard.push(...batch.map(({ headers }) => headers.ce_id ?? "")),
  });
  await eventually(() => expect(heard).toEqual(expect.arrayContaining(["1", "2", "3"])));
});

test("a member whose broker is away keeps its place, and leaves soon when it is told to", async () => {
  const joining = await kafkaBus({ brokers: kafka.brokers, clientId: "leaving", onDead: () => {} });
  const heard: string[] = [];
  await joining.subscribe({
    group: "leaving",
    topics: ["leaving"],
    from: "earliest",
    onBatch: async (batch) => void heard.push(...batch.map(({ headers }) => headers.ce_id ?? "")),
  });
  const told = (id: string) => eventually(() => joining.publish([{ ...plain(id), topic: "leaving" }]));
  await told("1");
  await eventually(() => expect(heard).toEqual(["1"]));
  const member = await membersOf("leaving");
  proxy.cut();
  await pause(3000);
  proxy.restore();
  await told("2");
  await eventually(() => expect(heard).toContain("2"));
  expect(await membersOf("leaving")).toEqual(member);
  proxy.cut();
  await within(8000, joining.close());
  proxy.restore();
});

test("a broker that is away for some seconds costs nothing: each event has its effect once, in order", async () => {
  const { db, drop } = await givenDatabase();
  const handle = handleOnce({ db, onParked: () => {} });
  await bus.subscribe({
    group: "test",
    topics: [hrTopic.name],
    from: "earliest",
    onBatch: (batch) => handle(listener(), batch),
  });
  const worker = relay({ db, bus, topic: hrTopic, onFailure: () => {} });
  onTestFinished(async () => {
    await worker.stop();
    await bus.close();
    await drop();
  });
  worker.start();
  const log = recording(worker.wake);
  const record = async (from: number, to: number) => {
    for (let number = from; number < to; number++) {
      await db.inTx((tx) =>
        log.record(
          tx,
          Array.from({ length: 6 }, (_, aggregate) => fact(`aggregate-${aggregate}`, String(number))),
        ),
      );
      await pause(5);
    }
  };
  await record(0, 40);
  const during = record(40, 80);
  await pause(50);
  proxy.cut();
  await during;
  expect(await bus.isReachable()).toBe(false);
  await pause(2000);
  proxy.restore();
  await record(80, 100);
  await eventually(async () => expect(await effectCount(db)).toBe(600));
  const all = Array.from({ length: 100 }, (_, number) => String(number));
  for (let aggregate = 0; aggregate < 6; aggregate++)
    expect(await effectsOf(db, `aggregate-${aggregate}`)).toEqual(all);
  await eventually(async () => expect(await bus.isReachable()).toBe(true));
  await eventually(async () => expect(await db.rows("select 1 from event_log where published_at is null")).toEqual([]));
  await eventually(async () => expect(await bus.lag("test")).toBe(0));
});
