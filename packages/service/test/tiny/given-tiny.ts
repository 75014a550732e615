import { createConnectTransport } from "@connectrpc/connect-node";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { newId } from "@headway/kernel/ids";
import type { Bus } from "@headway/messaging/bus";
import { migrate } from "@headway/postgres/migrate";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import type { Redis } from "ioredis";
import type { Caller } from "../../src/caller.ts";
import { under } from "../../src/circumstances.ts";
import { refusingClient } from "../../src/client.ts";
import { clientInterceptor } from "../../src/client-interceptor.ts";
import { type Hosted, hostService, migrationsOf } from "../../src/host-service.ts";
import { type Logger, openLog } from "../../src/log.ts";
import { openMetrics } from "../../src/metrics.ts";
import { startRpcServer } from "../../src/rpc-server.ts";
import { stopTogether } from "../../src/together.ts";
import { inwardTokens } from "../../src/tokens.ts";
import { tinyService } from "./tiny.ts";

export const secret = "a secret that only tests know, long enough";
const tokens = inwardTokens(secret);

export const admin: Caller = {
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants: [{ role: "admin", depots: null }],
};

/** A name that no other test of the run has: services, groups and topics are called by it. */
export const newName = (): string =>
  `tiny${Math.random()
    .toString(36)
    .replace(/[^a-z]/g, "")}`;

/** With the platform's tables only: each name has its own, which it makes when it starts. */
export const givenTinyDatabase = () =>
  templateDatabases(givenServers().postgresUrl)
    .template("tiny", (url) => migrate(url, migrationsOf({ name: "tiny", migrations: null })))
    .clone();

/** A client on behalf of the administrator, over HTTP/2. */
export const depotsAt = (port: number) => {
  const client = refusingClient(
    DepotService,
    createConnectTransport({
      baseUrl: `http://127.0.0.1:${port}`,
      httpVersion: "2",
      interceptors: [clientInterceptor({ tokens, self: "test" })],
      defaultTimeoutMs: 60_000,
    }),
  );
  const as = <T>(work: () => Promise<T>): Promise<T> => under({ caller: admin, deadline: null }, work);
  return { open: (code: string) => as(() => client.openDepot({ code })), list: () => as(() => client.listDepots({})) };
};

type Given = {
  readonly name: string;
  /** Whose events it hears, where not its own. */
  readonly hears?: string;
  readonly bus: Bus;
  readonly databaseUrl: string;
  readonly redis?: Redis;
  readonly log?: Logger;
};

/** The tiny service, not started yet. */
export const hostTiny = (
  { name, hears, bus, databaseUrl, redis, log = openLog("silent") }: Given,
  metrics = openMetrics(),
): Promise<Hosted> =>
  hostService(tinyService(name, hears), {
    environment: {},
    databaseUrl,
    connections: 10,
    bus,
    redis: redis ?? null,
    tokens,
    metrics,
    log,
    rehearsal: false,
    transportTo: () => {
      throw new Error("it calls nobody");
    },
  });

/** The tiny service with its real door; not started yet. */
export const givenTiny = async (given: Given) => {
  const metrics = openMetrics();
  const hosted = await hostTiny(given, metrics);
  const rpc = await startRpcServer(0, "127.0.0.1", hosted.routes, hosted.interceptors);
  return {
    hosted,
    metrics,
    depots: depotsAt(rpc.port),
    async close() {
      await rpc.close();
      for (const { stop } of stopTogether([hosted], given.bus)) await stop();
    },
  };
};
