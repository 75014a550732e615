import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "@headway/kernel/ids";
import { limiter } from "@headway/service/limiter";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { readDocument } from "../src/inbound/documents.ts";
import { Hub } from "../src/live/hub.ts";
import { liveOperations } from "../src/live/live-operations.ts";
import { type LiveSockets, liveSockets } from "../src/live/websocket.ts";
import type { OpenSession } from "../src/outbound/identities.ts";

const hub = new Hub();
let server: Server;
let sockets: LiveSockets;

beforeAll(async () => {
  const session: Omit<OpenSession, "user"> = {
    secret: "secret",
    id: newId(),
    endsAt: "2099-01-01T00:00:00Z",
    caller: {
      kind: "person",
      user: newId(),
      session: newId(),
      employee: null,
      grants: [{ role: "dispatcher", depots: null }],
    },
  };
  const limit = { calls: 100, seconds: 1 };
  sockets = liveSockets({
    hub,
    identities: { session: async () => session as OpenSession, machine: async () => null },
    limiter: limiter(null),
    limits: { person: limit, machine: limit, stranger: limit },
    secure: false,
    proxies: 0,
    origin: null,
    live: liveOperations({
      dispatcher: readDocument("dispatcher"),
      mobile: readDocument("mobile"),
      integration: readDocument("integration"),
    }),
    now: () => "2026-11-21T04:05:00Z",
  });
  server = createServer().on("upgrade", sockets.upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await sockets.close();
  await new Promise((resolve) => server.close(resolve));
});

const listen = () =>
  new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/dispatcher/v1/live`, {
    headers: { cookie: "headway=secret" },
  });

test("who does not keep up is told so and let go; who does hears everything", async () => {
  const slow = listen();
  const quick = listen();
  let heard = 0;
  quick.on("message", () => {
    heard += 1;
  });
  await Promise.all([slow, quick].map((socket) => new Promise((resolve) => socket.once("message", resolve))));
  slow.pause();
  // Large messages: what the network holds back by itself is full long before a heartbeat would miss the slow one.
  const ids = { depotId: newId(), dutyId: "d".repeat(10_000) };
  const many = 2_000;
  for (let count = 0; count < many; count++) {
    hub.tell({
      type: "DriverSignedOn",
      at: "2026-11-21T04:05:00Z",
      view: { ids, roles: ["dispatcher"], everywhere: false, owners: [] },
    });
    if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  let last = "";
  slow.on("message", (data) => {
    last = (JSON.parse(String(data)) as { type: string }).type;
  });
  const closed = new Promise<number>((resolve) => slow.on("close", resolve));
  slow.resume();
  expect([await closed, last]).toEqual([4408, "lagging"]);
  await expect.poll(() => heard).toBe(many + 1);
  await expect.poll(() => hub.size).toBe(1);
  quick.terminate();
});
