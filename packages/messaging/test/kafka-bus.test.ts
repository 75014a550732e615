import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import { ConfigResourceTypes, Kafka, logLevel } from "kafkajs";
import { describe, expect, type TestContext, test } from "vitest";
import type { Bus, BusMessage } from "../src/bus.ts";
import { keptMs, rememberedMs } from "../src/event-age.ts";
import { type KafkaBusSettings, kafkaBus } from "../src/kafka-bus.ts";

const opened = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  settings: Partial<KafkaBusSettings> = {},
): Promise<Bus> => {
  const bus = await kafkaBus({ brokers: givenServers().brokers, clientId: "test", onDead: () => {}, ...settings });
  onTestFinished(() => bus.close());
  return bus;
};

let topics = 0;
const newTopic = (): string => `kafka.${process.pid}.${++topics}`;
const message = (topic: string, key: string, id: string): BusMessage => ({
  topic,
  key,
  headers: { ce_id: id },
  value: new Uint8Array(),
});
const idsOf = (batch: readonly BusMessage[]): string[] => batch.map(({ headers }) => headers.ce_id ?? "");

describe.concurrent("a member of a Kafka group", () => {
  test("that takes longer over a batch than its session lasts keeps its place, and gets the batch once", async (context) => {
    const topic = newTopic();
    const bus = await opened(context, { sessionMs: 9000 });
    const batches: string[][] = [];
    let done = false;
    await bus.subscribe({
      group: topic,
      topics: [topic],
      from: "earliest",
      async onBatch(batch) {
        batches.push(idsOf(batch));
        await pause(11_000);
        done = true;
      },
    });
    await bus.publish([message(topic, "k", "1")]);
    await eventually(async () => expect([done, await bus.lag(topic)]).toEqual([true, 0]));
    expect(batches).toEqual([["1"]]);
  });

  test("tries again what it could not handle, without being thought dead, and tells of it", async (context) => {
    const topic = newTopic();
    const told: string[] = [];
    const bus = await opened(context, { sessionMs: 9000, onTrouble: ({ message }) => told.push(message) });
    const handled: string[] = [];
    const until = Date.now() + 10_000;
    await bus.subscribe({
      group: topic,
      topics: [topic],
      from: "earliest",
      async onBatch(batch) {
        if (Date.now() < until) throw new Error("the database is away");
        handled.push(...idsOf(batch));
      },
    });
    await bus.publish([message(topic, "k", "1"), message(topic, "k", "2")]);
    await eventually(() => expect(handled).toEqual(["1", "2"]));
    expect(told).toContain("the database is away");
  });

  test("goes on with other partitions while one takes its time", async (context) => {
    const topic = newTopic();
    const bus = await opened(context);
    const handled: string[] = [];
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    await bus.subscribe({
      group: topic,
      topics: [topic],
      from: "earliest",
      async onBatch(batch) {
        if (idsOf(batch).includes("slow")) {
          begun.resolve();
          await end.promise;
        }
        handled.push(...idsOf(batch));
      },
    });
    await bus.publish([message(topic, "0", "slow")]);
    await begun.promise;
    // By their keys on several partitions; those on the slow one wait behind it.
    const others = Array.from({ length: 12 }, (_, key) => message(topic, String(key), `of ${key}`));
    await bus.publish(others);
    await eventually(() => expect(handled.length).toBeGreaterThan(3));
    expect(handled).not.toContain("slow");
    end.resolve();
    await eventually(() => expect(handled).toHaveLength(13));
    expect(handled.indexOf("slow")).toBeLessThan(handled.indexOf("of 0"));
  });

  test("paused with more at hand finishes what it has begun, and goes on with the rest when it is resumed", async (context) => {
    const topic = newTopic();
    const bus = await opened(context);
    const handled: string[] = [];
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    await bus.publish(Array.from({ length: 500 }, (_, id) => message(topic, "k", String(id))));
    await bus.subscribe({
      group: topic,
      topics: [topic],
      from: "earliest",
      async onBatch(batch) {
        begun.resolve();
        await end.promise;
        handled.push(...idsOf(batch));
      },
    });
    await begun.promise;
    bus.pause(topic);
    end.resolve();
    await eventually(async () => expect(await bus.lag(topic)).toBeLessThan(500));
    const before = handled.length;
    expect(before).toBeLessThan(500);
    await pause(300);
    expect(handled).toHaveLength(before);
    bus.resume(topic);
    await eventually(() => expect(handled).toEqual(Array.from({ length: 500 }, (_, id) => String(id))));
  });

  test("that leaves says how far it has come: the next one begins there", async (context) => {
    const topic = newTopic();
    const [first, second] = [await opened(context), await opened(context)];
    const heard: Record<"first" | "second", string[]> = { first: [], second: [] };
    const subscribed = (bus: Bus, who: "first" | "second") =>
      bus.subscribe({
        group: topic,
        topics: [topic],
        from: "earliest",
        onBatch: async (batch) => void heard[who].push(...idsOf(batch)),
      });
    await subscribed(first, "first");
    await second.publish([message(topic, "k", "1")]);
    await eventually(() => expect(heard.first).toEqual(["1"]));
    await first.close();
    await subscribed(second, "second");
    await second.publish([message(topic, "k", "2")]);
    await eventually(() => expect(heard.second).toContain("2"));
    expect(heard.second).toEqual(["2"]);
  });

  test("that can never join hears so, instead of waiting for ever", async (context) => {
    const topic = newTopic();
    const bus = await opened(context);
    await bus.publish([message(topic, "k", "1")]);
    // A group speaks one protocol: whoever was there first decides, and nobody who speaks another gets in.
    const stranger = new Kafka({ brokers: givenServers().brokers, logLevel: logLevel.NOTHING }).consumer({
      groupId: topic,
      partitionAssigners: [foreign],
    });
    context.onTestFinished(() => stranger.disconnect());
    const joined = new Promise((resolve) => stranger.on(stranger.events.GROUP_JOIN, resolve));
    await stranger.connect();
    await stranger.subscribe({ topic });
    await stranger.run({ eachMessage: async () => {} });
    await joined;
    await expect(
      bus.subscribe({ group: topic, topics: [topic], from: "earliest", onBatch: async () => {} }),
    ).rejects.toThrow(/protocol/);
    expect(await bus.isReachable()).toBe(false);
  });

  test("shares with others that come and go: nothing is lost, and each key keeps its order", async (context) => {
    const topic = newTopic();
    const [publisher, staying] = [await opened(context), await opened(context)];
    const heard = new Map<string, string[]>();
    const onBatch = async (batch: readonly BusMessage[]): Promise<void> => {
      for (const { key, headers } of batch) {
        const ids = heard.get(key) ?? [];
        // Handled twice is lawful where a partition changes hands: the inbox knows.
        if (!ids.includes(headers.ce_id ?? "")) heard.set(key, [...ids, headers.ce_id ?? ""]);
      }
      await pause(5);
    };
    const subscription = { group: topic, topics: [topic], from: "earliest", onBatch } as const;
    await staying.subscribe(subscription);
    const publishing = (async () => {
      for (let id = 0; id < 100; id++) {
        await publisher.publish(Array.from({ length: 8 }, (_, key) => message(topic, `key-${key}`, String(id))));
        await pause(20);
      }
    })();
    for (let guests = 0; guests < 2; guests++) {
      const guest = await opened(context);
      await guest.subscribe(subscription);
      await pause(300);
      await guest.close();
    }
    await publishing;
    const all = Array.from({ length: 100 }, (_, id) => String(id));
    await eventually(() => expect([...heard.values()].every((ids) => ids.length === 100)).toBe(true));
    for (let key = 0; key < 8; key++) expect(heard.get(`key-${key}`)).toEqual(all);
  });
});

test("a topic keeps its events for as long as is said, so that the inbox can forget them later", async (context) => {
  const topic = newTopic();
  const bus = await opened(context);
  await bus.publish([message(topic, "k", "1")]);
  const admin = new Kafka({ brokers: givenServers().brokers, logLevel: logLevel.NOTHING }).admin();
  context.onTestFinished(() => admin.disconnect());
  await admin.connect();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ["retention.ms", "segment.ms"] }],
  });
  const configured = new Map(
    resources.flatMap(({ configEntries }) =>
      configEntries.map((entry) => [entry.configName, Number(entry.configValue)]),
    ),
  );
  expect(configured.get("retention.ms")).toBe(keptMs);
  // A segment is dropped whole, once its last event is too old.
  expect(keptMs + (configured.get("segment.ms") ?? Number.POSITIVE_INFINITY)).toBeLessThan(rememberedMs);
});

test("a topic that was deleted is made anew for the next event", async (context) => {
  const topic = newTopic();
  const bus = await opened(context);
  await bus.publish([message(topic, "k", "1")]);
  const admin = new Kafka({ brokers: givenServers().brokers, logLevel: logLevel.NOTHING }).admin();
  context.onTestFinished(() => admin.disconnect());
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await eventually(() => bus.publish([message(topic, "k", "2")]));
  expect(await admin.fetchTopicOffsets(topic)).toHaveLength(6);
});

const foreign = () => ({
  name: "Foreign",
  version: 1,
  protocol: () => ({ name: "Foreign", metadata: Buffer.alloc(0) }),
  assign: async () => [],
});
