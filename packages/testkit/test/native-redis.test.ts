import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis } from "../src/native-redis.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const connected = (url: string): Redis => {
  const client = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on("error", () => undefined);
  onTestFinished(() => client.disconnect());
  return client;
};

test("a second start on the same folder finds the data, also after a crash", async () => {
  const folder = await temporaryFolder();
  const first = await startRedis({ folder });
  await connected(first.url).set("depot", "north");
  await first.kill();

  const second = await startRedis({ folder });
  onTestFinished(second.stop);

  expect(await connected(second.url).get("depot")).toBe("north");
});

test("nobody is let in without the password", async () => {
  const server = await startRedis({ folder: await temporaryFolder(), durable: false });
  onTestFinished(server.stop);
  const { port } = new URL(server.url);

  await expect(connected(`redis://127.0.0.1:${port}`).get("depot")).rejects.toThrow("NOAUTH");
});

test("a folder in use is refused", async () => {
  const folder = await temporaryFolder();
  const server = await startRedis({ folder, durable: false });
  onTestFinished(server.stop);

  await expect(startRedis({ folder })).rejects.toThrow("is in use by process");
});
