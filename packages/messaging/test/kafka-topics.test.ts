import type { Admin } from "kafkajs";
import { expect, test } from "vitest";
import { topicMaker } from "../src/kafka-topics.ts";

test("a new topic is there only when its leaders serve, not when the broker tells of them", async () => {
  let refusals = 3;
  const admin = {
    connect: async () => {},
    disconnect: async () => {},
    createTopics: async () => true,
    fetchTopicMetadata: async () => ({ topics: [{ name: "t", partitions: [{ leader: 1 }] }] }),
    fetchTopicOffsets: async () => {
      if (refusals-- > 0) throw new Error("This server does not host this topic-partition");
      return [];
    },
  } as unknown as Admin;
  await topicMaker({ admin: () => admin }, { partitions: 1, replicas: 1 }).ensure(["t"]);
  expect(refusals).toBe(-1);
});
