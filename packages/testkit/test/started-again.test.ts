import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { Kafka, logLevel } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { ensureDatabase, hasDatabase, onServer } from "../src/databases.ts";
import { eventually } from "../src/eventually.ts";
import { startServers } from "../src/servers.ts";
import { type Ending, startedAgain } from "../src/started-again.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const notedPid = async (folder: string): Promise<number> => {
  const { server } = JSON.parse(await readFile(join(folder, "running.json"), "utf8"));
  return server.pid;
};

const postmasterPid = (url: string): Promise<number> =>
  onServer(url, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return Number.parseInt(await readFile(join(rows[0]?.data_directory ?? "", "postmaster.pid"), "utf8"), 10);
  });

test("PostgreSQL and Redis that are killed come back by themselves, with their data, where they were", async () => {
  const folder = await temporaryFolder();
  const said: string[] = [];
  const servers = await startServers({ postgres: true, redis: true, folder, say: (line) => said.push(line) });
  onTestFinished(servers.discard);
  const redis = new Redis(servers.redisUrl);
  redis.on("error", () => {});
  onTestFinished(() => redis.disconnect());
  await ensureDatabase(servers.postgresUrl, "depots");
  await redis.set("depot", "north");

  process.kill(await postmasterPid(servers.postgresUrl), "SIGKILL");
  process.kill(await notedPid(join(folder, "redis")), "SIGKILL");

  await eventually(() => expect(said.filter((line) => line.includes("runs again"))).toHaveLength(2));
  expect(await onServer(servers.postgresUrl, (client) => hasDatabase(client, "depots"))).toBe(true);
  expect(await eventually(() => redis.get("depot"))).toBe("north");
  expect(said.toSorted()).toEqual([
    "PostgreSQL ended (SIGKILL); it is started again.",
    expect.stringMatching(/^PostgreSQL runs again, after [\d.]+ s\.$/),
    "Redis ended (SIGKILL); it is started again.",
    expect.stringMatching(/^Redis runs again, after [\d.]+ s\.$/),
  ]);
});

test("so does Kafka", async () => {
  const folder = await temporaryFolder();
  const said: string[] = [];
  const servers = await startServers({ kafka: true, folder, say: (line) => said.push(line) });
  onTestFinished(servers.discard);
  const admin = new Kafka({ brokers: servers.brokers, logLevel: logLevel.NOTHING }).admin();
  onTestFinished(() => admin.disconnect());
  await admin.connect();
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic: "depots", numPartitions: 1 }] });
  const topicIsThere = async () => expect(await admin.listTopics()).toContain("depots");
  await eventually(topicIsThere);

  process.kill(await notedPid(join(folder, "kafka")), "SIGKILL");

  await eventually(() => expect(said).toHaveLength(2));
  await eventually(topicIsThere);
});

/** Servers that end when they are told to; `starts` answers one after the other. */
const given = (...starts: readonly (Ending | Error)[]) => {
  const said: string[] = [];
  const left = [...starts];
  const start = async (): Promise<Ending> => {
    const next = left.shift() ?? new Error("nothing left");
    if (next instanceof Error) throw next;
    return next;
  };
  return { said, kept: () => startedAgain({ name: "Redis", start, say: (line) => said.push(line) }) };
};

const aServer = (address: string) => {
  const { promise: exited, resolve: end } = Promise.withResolvers<string>();
  return { address, exited, end, stop: async () => end("stopped") };
};

test("what cannot be started is tried again, less and less often, until it is stopped", async () => {
  const first = aServer("one");
  const { said, kept } = given(first, new Error("no memory"), new Error("no memory"));
  const { stop } = await kept();

  first.end("exit code 1");

  await eventually(() => expect(said).toHaveLength(3));
  await stop();
  expect(said).toEqual([
    "Redis ended (exit code 1); it is started again.",
    "Redis could not be started again (no memory); the next try is in 1 s.",
    "Redis could not be started again (no memory); the next try is in 2 s.",
  ]);
});

test("a server that its clients would not find is not kept", async () => {
  const [first, elsewhere, again] = [aServer("one"), aServer("two"), aServer("one")];
  const { said, kept } = given(first, elsewhere, again);
  const { stop, current } = await kept();

  first.end("SIGKILL");

  expect(await elsewhere.exited).toBe("stopped");
  await eventually(() => expect(current()).toBe(again));
  await eventually(() => expect(said.at(-1)).toMatch(/^Redis runs again/));
  await stop();
  expect(await again.exited).toBe("stopped");
});

test("a stop is no end: nothing is started again", async () => {
  const first = aServer("one");
  const { said, kept } = given(first);
  const { stop } = await kept();
  await stop();
  expect(said).toEqual([]);
});
