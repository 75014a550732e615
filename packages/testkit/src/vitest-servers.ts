import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type {} from "./given-servers.ts";
import { type Servers, startServers } from "./servers.ts";
import { dropRun } from "./template-database.ts";

/** One set of servers for all projects of a run: vitest calls the setup once for each project that names it. */
type Run = { readonly servers: Promise<Servers>; readonly wanted: Wanted; users: number };
type Wanted = { readonly postgres: boolean; readonly redis: boolean; readonly kafka: boolean };

const key = Symbol.for("headway.testkit.run");
const shared: typeof globalThis & { [key]?: Run | undefined } = globalThis;

/** Vitest's global setup: starts the servers in a temporary folder and provides their addresses. */
export const setup = async ({ provide }: TestProject): Promise<void> => {
  shared[key] ??= begin();
  const run = shared[key];
  run.users += 1;
  const servers = await run.servers;
  if (run.wanted.postgres) provide("postgresUrl", servers.postgresUrl);
  if (run.wanted.redis) provide("redisUrl", servers.redisUrl);
  if (run.wanted.kafka) provide("brokers", servers.brokers);
};

/** Vitest's global teardown: stops the servers and removes their data. */
export const teardown = async (): Promise<void> => {
  const run = shared[key];
  if (!run) return;
  run.users -= 1;
  if (run.users > 0) return;
  shared[key] = undefined;
  const servers = await run.servers;
  const lasting = process.env.HEADWAY_TEST_POSTGRES_URL;
  const name = process.env.HEADWAY_TEST_RUN;
  if (run.wanted.postgres && lasting && name) await dropRun(lasting, name);
  await servers.discard();
};

const begin = (): Run => {
  // Workers inherit it: it names this run's databases, on a server that others may use too.
  process.env.HEADWAY_TEST_RUN = randomBytes(4).toString("hex");
  const wanted = wantedServers(process.env.HEADWAY_TEST_SERVERS ?? "postgres,redis,kafka");
  return { servers: start(wanted), wanted, users: 0 };
};

const start = async (wanted: Wanted): Promise<Servers> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-test-"));
  // As root, PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
  try {
    return await startServers({ ...wanted, folder, durable: false });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

const wantedServers = (names: string): Wanted => {
  const list = names.split(",").map((name) => name.trim());
  return { postgres: list.includes("postgres"), redis: list.includes("redis"), kafka: list.includes("kafka") };
};
