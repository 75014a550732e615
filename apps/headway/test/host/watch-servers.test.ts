import { createServer } from "node:net";
import { eventually } from "@headway/testkit/eventually";
import { faultProxy } from "@headway/testkit/fault-proxy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { watchServers } from "../../src/host/watch-servers.ts";

let port: number;
const server = createServer((socket) => socket.on("error", () => {}));

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterEach(() => void server.close());

test("a server that is gone is named once, with what that means", async () => {
  const kafka = await faultProxy({ host: "127.0.0.1", port });
  const said: string[] = [];
  const here = `127.0.0.1:${port}`;
  const nothing = async () => {};
  const unwatch = watchServers(
    {
      postgresUrl: `postgres://${here}`,
      redisUrl: `redis://${here}`,
      brokers: [`127.0.0.1:${kafka.port}`],
      stop: nothing,
      discard: nothing,
    },
    (line) => said.push(line),
  );
  await kafka.close();
  await eventually(() => expect(said).toEqual([expect.stringMatching(/^Kafka does not answer.*goes on as soon as/)]));
  unwatch();
});
