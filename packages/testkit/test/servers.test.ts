import { stat } from "node:fs/promises";
import { Redis } from "ioredis";
import { expect, onTestFinished, test, vi } from "vitest";
import { startRedis } from "../src/native-redis.ts";
import { startServers } from "../src/servers.ts";
import { temporaryFolder } from "./temporary-folder.ts";

test("an address from the environment is taken, and its server is left running", async () => {
  const given = await startRedis({ folder: await temporaryFolder(), durable: false });
  onTestFinished(given.stop);
  vi.stubEnv("HEADWAY_TEST_REDIS_URL", given.url);
  onTestFinished(() => void vi.unstubAllEnvs());

  const servers = await startServers({ redis: true, folder: await temporaryFolder() });
  await servers.stop();

  expect(servers.redisUrl).toBe(given.url);
  const client = new Redis(given.url);
  expect(await client.ping()).toBe("PONG");
  client.disconnect();
});

test("what was not wanted is not started, and says so", async () => {
  const servers = await startServers({ redis: true, folder: await temporaryFolder(), durable: false });
  onTestFinished(servers.stop);

  expect(() => servers.postgresUrl).toThrow("postgres was not asked of startServers");
});

test("discard removes the data", async () => {
  const folder = await temporaryFolder();
  const servers = await startServers({ postgres: true, redis: true, folder });

  await servers.discard();

  await expect(stat(folder)).rejects.toThrow("ENOENT");
});

test("when one cannot start, the others are stopped", async () => {
  const folder = await temporaryFolder();
  const blocker = await startRedis({ folder: `${folder}/redis`, durable: false });
  onTestFinished(blocker.stop);

  await expect(startServers({ postgres: true, redis: true, folder })).rejects.toThrow("is in use");

  await expect(stat(`${folder}/postgres/running.json`)).rejects.toThrow("ENOENT");
});
