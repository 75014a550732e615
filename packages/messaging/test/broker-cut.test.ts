import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hrTopic } from "@headway/contracts/topics";
import { eventually } from "@headway/testkit/eventually";
import { type FaultProxy, faultProxy } from "@headway/testkit/fault-proxy";
import { freePort } from "@headway/testkit/free-port";
import { type NativeKafka, startKafka } from "@headway/testkit/native-kafka";
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

test("a broker that is away for some seconds costs nothing: each event has its effect once, in order", async () => {
  const { db, drop } = await givenDatabase();
  const handle = handleOnce({ db, onParked: () => {} });
  await bus.subscribe({
    group: "test",
    topics: [hrTopic.name],
    from: "earliest",
    onBatch: (batch, beat) => handle(listener(), batch, beat),
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
