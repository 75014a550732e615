import { eventually } from "@headway/testkit/eventually";
import type { EachBatchPayload, KafkaMessage, TopicPartitionOffset } from "kafkajs";
import { expect, test } from "vitest";
import { type FetchedNeeds, fetchedAhead } from "../src/kafka-fetched.ts";

const messages = (from: number, count: number): KafkaMessage[] =>
  Array.from({ length: count }, (_, index) => ({ offset: String(from + index) }) as KafkaMessage);

const given = (needs: Partial<FetchedNeeds>) => {
  const fetched = fetchedAhead({
    handle: async () => {},
    onTrouble: () => {},
    isHeld: () => false,
    leaving: new AbortController().signal,
    ...needs,
  });
  const resolved: string[] = [];
  const take = (from: number, count: number, heartbeat = async (): Promise<void> => {}, partition = 0) => {
    const batch = {
      topic: "t",
      partition,
      messages: messages(from, count),
      lastOffset: () => String(from + count - 1),
    };
    return fetched.take({
      batch: batch as EachBatchPayload["batch"],
      heartbeat,
      resolveOffset: (offset) => resolved.push(offset),
    });
  };
  const kept = async (): Promise<TopicPartitionOffset[]> => {
    const offsets: TopicPartitionOffset[] = [];
    await fetched.commit(async (due) => void offsets.push(...due));
    return offsets;
  };
  return { fetched, take, kept, resolved };
};

test("what is handled is committed, once, and not what is only fetched", async () => {
  const gate = Promise.withResolvers<void>();
  const { take, kept, resolved } = given({
    handle: (_, [first]) => (first?.offset === "0" ? Promise.resolve() : gate.promise),
  });
  await take(0, 3);
  await eventually(async () => expect(await kept()).toEqual([{ topic: "t", partition: 0, offset: "3" }]));
  await take(3, 2);
  expect(resolved).toEqual(["2", "4"]);
  expect(await kept()).toEqual([]);
  gate.resolve();
  await eventually(async () => expect(await kept()).toEqual([{ topic: "t", partition: 0, offset: "5" }]));
});

test("an offset that could not be committed is committed the next time", async () => {
  const { fetched, take, kept } = given({});
  await take(0, 3);
  await fetched.isIdle();
  await expect(fetched.commit(() => Promise.reject(new Error("the broker is away")))).rejects.toThrow("away");
  expect(await kept()).toEqual([{ topic: "t", partition: 0, offset: "3" }]);
});

test("while much is waiting no more is taken in, with heartbeats, and nothing where the group calls", async () => {
  const gate = Promise.withResolvers<void>();
  const { take, resolved } = given({ handle: () => gate.promise });
  await take(0, 1200);
  let beats = 0;
  const calling = async (): Promise<void> => {
    if (++beats === 3) throw new Error("the group is put in a new order");
  };
  await expect(take(1200, 1, calling)).rejects.toThrow("new order");
  expect(resolved).toEqual(["1199"]);
  const waiting = take(1200, 1);
  gate.resolve();
  await waiting;
  expect(resolved).toEqual(["1199", "1200"]);
});

test("after a join it begins from what is committed, behind what is still in hand, of which no offset is kept", async () => {
  const gate = Promise.withResolvers<void>();
  const handled: string[][] = [];
  const { fetched, take, kept } = given({
    async handle(_, chunk) {
      if (handled.length === 0) {
        handled.push(["begun"]);
        await gate.promise;
      }
      handled.push([chunk[0]?.offset ?? "", chunk.at(-1)?.offset ?? ""]);
    },
  });
  await take(5, 300);
  fetched.forget();
  expect(await kept()).toEqual([]);
  await take(5, 2);
  gate.resolve();
  await fetched.isIdle();
  // 205 to 304 were waiting, and are delivered again.
  expect(handled).toEqual([["begun"], ["5", "204"], ["5", "6"]]);
  expect(await kept()).toEqual([{ topic: "t", partition: 0, offset: "7" }]);
});

test("what fails is tried again before anything behind it, and given up when the member leaves", async () => {
  const leaving = new AbortController();
  const tried: string[] = [];
  const { fetched, take, kept } = given({
    leaving: leaving.signal,
    handle: async (_, [first]) => {
      tried.push(first?.offset ?? "");
      throw new Error("the database is away");
    },
  });
  await take(0, 1);
  await take(1, 1);
  await eventually(() => expect(tried.length).toBeGreaterThan(2));
  leaving.abort();
  await fetched.isIdle();
  expect(new Set(tried)).toEqual(new Set(["0"]));
  expect(await kept()).toEqual([]);
});
