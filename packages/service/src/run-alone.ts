import { flushCompileCache } from "node:module";
import { createConnectTransport } from "@connectrpc/connect-node";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import type { Redis } from "ioredis";
import { ConfigError, demandConfig, readConfig } from "./config.ts";
import { giveBackSoon } from "./give-back.ts";
import { type Hosted, hostService } from "./host-service.ts";
import { liveUntilStopped } from "./life.ts";
import { type Logger, openLog } from "./log.ts";
import { openMetrics } from "./metrics.ts";
import { startOpsServer } from "./ops-server.ts";
import { type ProcessConfig, processConfig, redisConfig } from "./process-config.ts";
import { longestCallMs, startRpcServer } from "./rpc-server.ts";
import type { Service } from "./service.ts";
import { startTracing } from "./start-tracing.ts";
import { stopTogether } from "./together.ts";
import { inwardTokens } from "./tokens.ts";

/** Runs one service in this process until it is told to stop. Ends the process: 0 after a graceful stop, 78 for wrong settings, 130 at a second signal, else 1. */
export const runAlone = async (load: () => Promise<Service>): Promise<never> => {
  // What Node read of its compile cache makes room for what comes next; given back later, it leaves holes that nothing fills.
  flushCompileCache();
  const service = await load();
  flushCompileCache();
  try {
    demandConfig([processConfig, ...(service.usesRedis ? [redisConfig] : []), service.config], process.env);
    process.exit(await live(service, readConfig(processConfig, process.env)));
  } catch (error) {
    process.stderr.write(
      `${service.name}: ${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(error instanceof ConfigError ? 78 : 1);
  }
};

const live = async (service: Service, config: ProcessConfig): Promise<number> => {
  const log = openLog(config.HEADWAY_LOG_LEVEL);
  const stopTracing = await startTracing(service.name, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const metrics = openMetrics();
  // The first to answer: whoever watches the process sees it alive while it still waits for its parts.
  const standing: { hosted: Hosted | null } = { hosted: null };
  const ops = await startOpsServer(
    config.HEADWAY_OPS_PORT,
    config.HEADWAY_HOST,
    metrics,
    async () => standing.hosted?.unready() ?? ["start"],
  );
  const redis = service.usesRedis ? await openRedis(log) : null;
  const bus = await openBus(service.name, config, log);
  const hosted = await hostService(service, {
    environment: process.env,
    databaseUrl: config.HEADWAY_DATABASE_URL,
    connections: config.HEADWAY_CONNECTIONS,
    bus,
    redis,
    tokens: inwardTokens(config.HEADWAY_INWARD_SECRET),
    metrics,
    log,
    rehearsal: config.HEADWAY_REHEARSAL,
    catchesUp: config.HEADWAY_CATCHES_UP,
    transportTo: (name, interceptors) =>
      createConnectTransport({
        baseUrl: addressOf(config.HEADWAY_SERVICES, name),
        httpVersion: "2",
        interceptors,
        defaultTimeoutMs: longestCallMs,
        // A peer that fell silent is noticed, whatever time the call has left.
        pingIntervalMs: 10_000,
        pingTimeoutMs: 5_000,
      }),
  });
  const rpc = await startRpcServer(config.HEADWAY_RPC_PORT, config.HEADWAY_HOST, hosted.routes, hosted.interceptors);
  await hosted.start();
  standing.hosted = hosted;
  giveBackSoon();
  const living = liveUntilStopped(log, [
    { name: "web", stop: hosted.closeWeb },
    { name: "requests", stop: rpc.close },
    ...stopTogether([hosted], bus),
    { name: "redis", stop: async () => void (await redis?.quit().catch(() => redis.disconnect())) },
    { name: "ops", stop: ops.close },
    { name: "traces", stop: stopTracing },
  ]);
  // Whoever reads it may send the signal at once.
  log.info({ event: "service.started", service: service.name, rpc: rpc.port, ops: ops.port });
  return living;
};

/** Loaded by those who use it alone: it costs a process some megabytes. */
const openRedis = async (log: Logger): Promise<Redis> => {
  const { HEADWAY_REDIS_URL: url } = readConfig(redisConfig, process.env);
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: 5000,
    connectTimeout: 5000,
    retryStrategy: (tries) => Math.min(100 * tries, 1000),
    // Both would carry out, once Redis is back, what its caller has been told of as failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
  });
  redis.on("error", (error) => log.warn({ event: "redis.failed", error: String(error) }));
  // It goes on trying by itself; until then the process is not ready.
  await redis.connect().catch(() => {});
  return redis;
};

const openBus = (name: string, config: ProcessConfig, log: Logger) =>
  kafkaBus({
    brokers: config.HEADWAY_KAFKA_BROKERS,
    replicas: config.HEADWAY_KAFKA_REPLICAS,
    clientId: `headway-${name}`,
    onTrouble: (error) => log.warn({ event: "bus.trouble", error: String(error) }),
    onDead(error) {
      log.error({ event: "bus.dead", error: String(error) });
      process.exit(1);
    },
  });

const addressOf = (services: ReadonlyMap<string, string>, name: string): string => {
  const address = services.get(name);
  if (address === undefined) throw new ConfigError(`HEADWAY_SERVICES does not say where ${name} is.`);
  return address;
};
