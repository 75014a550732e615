import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import { afterEach, describe, expect, test } from "vitest";
import type { Bus, BusMessage } from "../src/bus.ts";
import { inProcessBus } from "../src/in-process-bus.ts";
import { kafkaBus } from "../src/kafka-bus.ts";

const adapters = [
  { name: "in process", open: async (): Promise<Bus> => inProcessBus() },
  {
    name: "kafka",
    open: (): Promise<Bus> =>
      kafkaBus({
        brokers: givenServers().brokers,
        clientId: "contract",
        onDead: (error) => {
          throw error;
        },
      }),
  },
];

let topics = 0;
const newTopic = (): string => `contract.${process.pid}.${++topics}`;
const message = (topic: string, key: string, text: string): BusMessage => ({
  topic,
  key,
  headers: { ce_id: text },
  value: new TextEncoder().encode(text),
});
const textOf = ({ value }: BusMessage): string => new TextDecoder().decode(value);

describe.each(adapters)("the bus $name", ({ open }) => {
  const buses: Bus[] = [];
  const opened = async (): Promise<Bus> => {
    const bus = await open();
    buses.push(bus);
    return bus;
  };
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  test("every group gets every message whole, and those of one key in their order", async () => {
    const bus = await opened();
    const topic = newTopic();
    const heard: Record<string, BusMessage[]> = { a: [], b: [] };
    for (const group of ["a", "b"])
      await bus.subscribe({
        group: `${topic}-${group}`,
        topics: [topic],
        from: "earliest",
        onBatch: async (batch) => void heard[group]?.push(...batch),
      });
    const sent = Array.from({ length: 300 }, (_, index) => message(topic, `key-${index % 7}`, `${index}`));
    for (let start = 0; start < sent.length; start += 50) await bus.publish(sent.slice(start, start + 50));
    for (const group of ["a", "b"]) {
      await eventually(() => expect(heard[group]).toHaveLength(300));
      const ofKey = (messages: readonly BusMessage[], key: string) =>
        messages.filter((each) => each.key === key).map(textOf);
      for (const key of ["key-0", "key-3", "key-6"]) expect(ofKey(heard[group] ?? [], key)).toEqual(ofKey(sent, key));
      expect(heard[group]?.find((each) => textOf(each) === "42")?.headers.ce_id).toBe("42");
    }
  });

  test("what a group could not handle comes again", async () => {
    const bus = await opened();
    const topic = newTopic();
    const handled: string[] = [];
    let failures = 2;
    await bus.subscribe({
      group: `${topic}-g`,
      topics: [topic],
      from: "earliest",
      onBatch: async (batch) => {
        if (failures-- > 0) throw new Error("the database is away");
        handled.push(...batch.map(textOf));
      },
    });
    await bus.publish([message(topic, "k", "1"), message(topic, "k", "2")]);
    await eventually(() => expect(handled).toEqual(["1", "2"]));
  });

  test("a paused group gets nothing until it is resumed, and its lag says how much waits", async () => {
    const bus = await opened();
    const topic = newTopic();
    const group = `${topic}-g`;
    const handled: string[] = [];
    await bus.subscribe({
      group,
      topics: [topic],
      from: "earliest",
      onBatch: async (batch) => void handled.push(...batch.map(textOf)),
    });
    bus.pause(group);
    const publishing = bus.publish([message(topic, "k", "1"), message(topic, "k", "2")]);
    await eventually(async () => expect(await bus.lag(group)).toBe(2));
    expect(handled).toEqual([]);
    bus.resume(group);
    await publishing;
    await eventually(async () => expect(await bus.lag(group)).toBe(0));
    expect(handled).toEqual(["1", "2"]);
  });

  test("a closed bus does not wait for a group that is paused", async () => {
    const bus = await opened();
    const topic = newTopic();
    const handled: string[] = [];
    await bus.subscribe({
      group: `${topic}-g`,
      topics: [topic],
      from: "earliest",
      onBatch: async (batch) => void handled.push(...batch.map(textOf)),
    });
    bus.pause(`${topic}-g`);
    const publishing = bus.publish([message(topic, "k", "1")]).catch(() => "given back");
    await eventually(async () => expect(await bus.lag(`${topic}-g`)).toBe(1));
    await bus.close();
    await publishing;
    expect(handled).toEqual([]);
  });

  test("a batch above what a broker takes at once arrives whole and in order", async () => {
    const bus = await opened();
    const topic = newTopic();
    const handled: string[] = [];
    await bus.subscribe({
      group: `${topic}-g`,
      topics: [topic],
      from: "earliest",
      onBatch: async (batch) => void handled.push(...batch.map((each) => each.headers.ce_id ?? "")),
    });
    const sent = Array.from({ length: 400 }, (_, index) => ({
      ...message(topic, "k", `${index}`),
      value: new Uint8Array(5000),
    }));
    await bus.publish(sent);
    await eventually(() => expect(handled).toHaveLength(400));
    expect(handled).toEqual(sent.map(({ headers }) => headers.ce_id));
  });

  test("it says that it can be reached", async () => {
    const bus = await opened();
    await bus.subscribe({ group: newTopic(), topics: [newTopic()], from: "latest", onBatch: async () => {} });
    await eventually(async () => expect(await bus.isReachable()).toBe(true));
  });

  test("closing finishes the batch in hand", async () => {
    const bus = await opened();
    const topic = newTopic();
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    let finished = false;
    await bus.subscribe({
      group: `${topic}-g`,
      topics: [topic],
      from: "earliest",
      onBatch: async () => {
        begun.resolve();
        await finish.promise;
        finished = true;
      },
    });
    const publishing = bus.publish([message(topic, "k", "1")]);
    await begun.promise;
    const closing = bus.close().then(() => finished);
    finish.resolve();
    expect(await closing).toBe(true);
    await publishing;
  });
});
