import { rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { containerKafka, containerPostgres, containerRedis } from "./container-servers.ts";
import { startPostgres } from "./embedded-postgres.ts";
import { startKafka } from "./native-kafka.ts";
import { startRedis } from "./native-redis.ts";
import { type Ending, type KeptServer, startedAgain } from "./started-again.ts";

/** Which servers are wanted, and where their data go. */
export type ServersWanted = {
  readonly postgres?: boolean | undefined;
  readonly redis?: boolean | undefined;
  readonly kafka?: boolean | undefined;
  /** Each server has a folder of its own in it. */
  readonly folder: string;
  /** False, for tests: quicker, and the data need not survive. Default true. */
  readonly durable?: boolean | undefined;
  /** Gets the native servers' logs line by line. */
  readonly log?: ((line: string) => void) | undefined;
  /** Where given, a native server that ends by itself is started again, and this is told so in a line. */
  readonly say?: ((line: string) => void) | undefined;
};

/** Running servers. The address of one that was not wanted throws. */
export type Servers = {
  /** `postgres://user:password@host:port`, without a database; see databases.ts. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
  /** `host:port` each. */
  readonly brokers: string[];
  /** Stops what was started here; servers given by the environment stay. */
  stop(): Promise<void>;
  /** Stops, and removes the data. */
  discard(): Promise<void>;
};

type Started = { readonly address: string; readonly outside?: string; stop(): Promise<void> };

/**
 * Starts the wanted servers at once. Each is taken from the environment if given (`HEADWAY_TEST_POSTGRES_URL`,
 * `HEADWAY_TEST_REDIS_URL`, `HEADWAY_TEST_KAFKA_BROKERS`), else it runs natively; for tests, whose data need not survive,
 * in a container where a Docker engine answers and can get the image.
 * @throws Error in one line with the remedy when one cannot be started; the others are stopped then
 */
export const startServers = async (wanted: ServersWanted): Promise<Servers> => {
  const folder = resolve(wanted.folder);
  const outcomes = await Promise.allSettled([
    wanted.postgres ? postgres(join(folder, "postgres"), wanted) : null,
    wanted.redis ? redis(join(folder, "redis"), wanted) : null,
    wanted.kafka ? kafka(join(folder, "kafka"), wanted) : null,
  ]);
  const started = outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : null));
  const stop = async (): Promise<void> => void (await Promise.all(started.map(async (server) => await server?.stop())));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [postgresServer, redisServer, kafkaServer] = started;
  return {
    get postgresUrl() {
      return addressOf(postgresServer, "postgres");
    },
    get redisUrl() {
      return addressOf(redisServer, "redis");
    },
    get brokers() {
      return addressOf(kafkaServer, "kafka").split(",");
    },
    stop,
    discard: async () => {
      await stop();
      const folders = [folder, ...started.flatMap((server) => server?.outside ?? [])];
      for (const path of folders) await rm(path, { recursive: true, force: true });
    },
  };
};

const postgres = async (folder: string, { durable = true, log, say }: ServersWanted): Promise<Started> => {
  const found = given("HEADWAY_TEST_POSTGRES_URL") ?? (durable ? null : await containerPostgres());
  if (found) return found;
  const start = async (before: Started | null) => {
    const server = await startPostgres({ folder, durable, log, port: portOf(before) });
    const home = dirname(server.dataFolder);
    return { ...server, address: server.url, ...(home !== folder && { outside: home }) };
  };
  return say ? kept({ name: "PostgreSQL", start, say }) : start(null);
};

const redis = async (folder: string, { durable = true, log, say }: ServersWanted): Promise<Started> => {
  const found = given("HEADWAY_TEST_REDIS_URL") ?? (durable ? null : await containerRedis());
  if (found) return found;
  const start = async (before: Started | null) => {
    const password = before ? new URL(before.address).password : undefined;
    const server = await startRedis({ folder, durable, log, password, port: portOf(before) });
    return { ...server, address: server.url };
  };
  return say ? kept({ name: "Redis", start, say }) : start(null);
};

const kafka = async (folder: string, { durable = true, log, say }: ServersWanted): Promise<Started> => {
  const found = given("HEADWAY_TEST_KAFKA_BROKERS") ?? (durable ? null : await containerKafka());
  if (found) return found;
  const start = async (before: Started | null) => {
    const server = await startKafka({ folder, log, port: portOf(before) });
    return { ...server, address: server.brokers.join(",") };
  };
  return say ? kept({ name: "Kafka", start, say }) : start(null);
};

const kept = async <Server extends Started & Ending>(server: KeptServer<Server>): Promise<Started> => {
  const { current, stop } = await startedAgain(server);
  const { address, outside } = current();
  return { address, stop, ...(outside !== undefined && { outside }) };
};

const portOf = (before: Started | null): number | undefined =>
  before ? Number(before.address.split(":").at(-1)) : undefined;

const given = (variable: string): Started | null => {
  const address = process.env[variable];
  return address ? { address, stop: async () => undefined } : null;
};

const addressOf = (server: Started | null | undefined, name: string): string => {
  if (!server) throw new Error(`${name} was not asked of startServers: add \`${name}: true\``);
  return server.address;
};
