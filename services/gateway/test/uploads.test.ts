import { createHash } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

let gateway: GatewayUnderTest;
const megabyte = 1024 * 1024;

beforeAll(async () => {
  gateway = await gatewayUnderTest({ HEADWAY_MOST_UPLOAD_BYTES: String(48 * megabyte) });
});
afterAll(() => gateway.close());

const upload = (body: AsyncIterable<Uint8Array>, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/integration/v1/feed-imports?fileName=metro.zip`, {
    method: "POST",
    headers: {
      ...as("integration", "planner.all"),
      "content-type": "application/zip",
      "idempotency-key": crypto.randomUUID(),
      ...headers,
    },
    body: ReadableStream.from(body),
    duplex: "half",
  } as RequestInit);

async function* megabytes(count: number) {
  for (let part = 0; part < count; part++) yield new Uint8Array(megabyte).fill(part);
}

test("a zip goes inward whole, in parts, under its name, and is never held whole", async () => {
  gateway.inside.reached.splice(0);
  const response = await upload(megabytes(40));
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toMatch(/^\/integration\/v1\/feed-imports\/[-0-9a-f]{36}$/);
  const parts = (gateway.inside.take("StartFeedImport")[0]?.said ?? []) as { fileName: string; content: Uint8Array }[];
  const hash = createHash("sha256");
  for (const { content } of parts) hash.update(content);
  const wanted = createHash("sha256");
  for await (const part of megabytes(40)) wanted.update(part);
  expect([parts[0]?.fileName, hash.digest("hex")]).toEqual(["metro.zip", wanted.digest("hex")]);
  expect(Math.max(...parts.map(({ content }) => content.byteLength))).toBeLessThan(megabyte);
});

test("one that is too large is cut off, whether it says so or not", async () => {
  const answers = await Promise.all([upload(megabytes(60)), announced(60 * megabyte)]);
  expect(answers.map((answer) => (typeof answer === "number" ? answer : answer.status))).toEqual([413, 413]);
});

test("one that breaks off leaves nothing behind, and the gateway goes on", async () => {
  async function* broken() {
    // More than the sockets hold: the gateway has begun to read it.
    for (let sent = 0; sent < 20; sent++) yield new Uint8Array(megabyte);
    throw new Error("tunnel");
  }
  gateway.inside.reached.splice(0);
  await expect(upload(broken())).rejects.toThrow();
  expect((await upload(megabytes(1))).status).toBe(202);
  expect(gateway.inside.take("StartFeedImport").length).toBe(1);
});

/** Says how much will come, and waits with sending it: a refusal must not wait for it. */
const announced = (bytes: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const asking = request({
      hostname,
      port,
      path: "/integration/v1/feed-imports",
      method: "POST",
      headers: {
        ...as("integration", "planner.all"),
        "content-type": "application/zip",
        "content-length": bytes,
        "idempotency-key": crypto.randomUUID(),
      },
    });
    asking.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      asking.destroy();
    });
    asking.on("error", reject);
    asking.flushHeaders();
  });
