import { mkdir } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createConnectTransport } from "@connectrpc/connect-node";
import { type ServiceName, serviceNames } from "@headway/contracts/services";
import { liveUntilStopped } from "@headway/service/life";
import { openLog } from "@headway/service/log";
import { ensureDatabase } from "@headway/testkit/databases";
import { freePorts } from "@headway/testkit/free-port";
import { type Servers, startServers } from "@headway/testkit/servers";
import { pino } from "pino";
import { CannotStart } from "./cannot-start.ts";
import { type HostedDemo, openDemo } from "./demo.ts";
import { firstStart, keyOfDemo } from "./first-start.ts";
import { demandPort } from "./free-to-listen.ts";
import { greet } from "./greeting.ts";
import { type Installation, openInstallation } from "./installation.ts";
import type { Profile } from "./profile.ts";
import { reachBy } from "./reach-services.ts";
import { isReady, type KeptService, keepService } from "./service-process.ts";
import { watchServers } from "./watch-servers.ts";

/** How long all services together may take to be ready (milliseconds). */
const patience = 60_000;

/** Ten processes on Kafka, Redis and PostgreSQL without containers, until it is stopped. Answers the exit code. */
export const runStack = async (profile: Profile): Promise<number> => {
  await demandPort(profile.port, "127.0.0.1");
  const installation = await openInstallation(profile.folder, profile.fresh);
  const logs = join(installation.folder, "log");
  await mkdir(logs, { recursive: true });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const log = openLog("info", pino.destination({ dest: join(logs, "stack.jsonl"), sync: false }));
  const servers = await startServers({
    postgres: true,
    redis: true,
    kafka: true,
    folder: installation.folder,
    log: (line) => log.debug({ event: "server.said", line }),
    say,
  });
  const demo = await openDemo(profile, installation);
  const places = await placesOf(serviceNames);
  const services = await startServices({ profile, installation, servers, demo, places, logs, say }).catch(
    async (error) => {
      await servers.stop();
      throw error;
    },
  );
  const reach = reachBy(installation, (name, interceptors) =>
    createConnectTransport({ baseUrl: places[name].rpc, httpVersion: "2", interceptors }),
  );
  const first = await firstStart(profile, installation, reach);
  greet(profile, first, (await keyOfDemo(installation)) !== null, say);
  const unwatch = watchServers(servers, say);
  await demo.begin(reach, log);
  const word = async (): Promise<void> => {
    unwatch();
    say(`Ending. Data stay in ${installation.folder}`);
  };
  return liveUntilStopped(
    log,
    [
      { name: "word", stop: word },
      { name: "demo", stop: demo.stop },
      { name: "services", stop: () => stopServices(services) },
      { name: "servers", stop: servers.stop },
    ],
    30_000,
  );
};

/** Where a service answers its calls, and where it says how it is: addresses that stay while the stack runs. */
type Place = { readonly rpc: string; readonly ops: string };
type Places = Readonly<Record<ServiceName, Place>>;

const placesOf = async (names: readonly ServiceName[]): Promise<Places> => {
  const ports = await freePorts(names.length * 2);
  const here = (index: number): string => `http://127.0.0.1:${ports[index]}`;
  return Object.fromEntries(
    names.map((name, index) => [name, { rpc: here(index * 2), ops: here(index * 2 + 1) }]),
  ) as Places;
};

type Parts = {
  readonly profile: Profile;
  readonly installation: Installation;
  readonly servers: Servers;
  readonly demo: HostedDemo;
  readonly places: Places;
  readonly logs: string;
  readonly say: (line: string) => void;
};

/** Starts all services and waits until each is ready. Where one is not in time, all are stopped again. */
const startServices = async (parts: Parts): Promise<readonly KeptService[]> => {
  const { places, logs, say } = parts;
  const logOf = (name: ServiceName): string => join(logs, `${name}.jsonl`);
  const readyUrlOf = (name: ServiceName): string => `${places[name].ops}/readyz`;
  const services = await Promise.all(
    serviceNames.map((name) =>
      keepService({
        name,
        environment: () => environmentOf(name, parts),
        readyUrl: readyUrlOf(name),
        logFile: logOf(name),
        say,
      }),
    ),
  );
  const until = Date.now() + patience;
  for (const name of serviceNames)
    while (!(await isReady(readyUrlOf(name)))) {
      if (Date.now() > until) {
        await stopServices(services);
        throw new CannotStart(`${name} did not start within ${patience / 1000} s. Why is in ${logOf(name)}`);
      }
      await pause(100);
    }
  return services;
};

/** The door first, so that nothing new comes in. */
const stopServices = async (services: readonly KeptService[]): Promise<void> => {
  await services.at(-1)?.stop();
  await Promise.all(services.map(({ stop }) => stop()));
};

const environmentOf = async (name: ServiceName, parts: Parts): Promise<NodeJS.ProcessEnv> => {
  const { profile, installation, servers, demo, places } = parts;
  return {
    ...process.env,
    ...installation.secrets,
    HEADWAY_DATABASE_URL: await ensureDatabase(servers.postgresUrl, `headway_${name}`),
    HEADWAY_KAFKA_BROKERS: servers.brokers.join(","),
    HEADWAY_REDIS_URL: servers.redisUrl,
    HEADWAY_SERVICES: serviceNames.map((other) => `${other}=${places[other].rpc}`).join(","),
    HEADWAY_RPC_PORT: new URL(places[name].rpc).port,
    HEADWAY_OPS_PORT: new URL(places[name].ops).port,
    HEADWAY_PORT: String(profile.port),
    HEADWAY_REHEARSAL: String(profile.rehearsal),
    HEADWAY_CATCHES_UP: String(demo.catchesUp(name)),
    HEADWAY_DEMO: demo.file,
    KAFKAJS_NO_PARTITIONER_WARNING: "1",
    // Ten processes read the same sources: what one has made of them spares the others half of their start.
    NODE_COMPILE_CACHE: getCompileCacheDir(),
    NODE_NO_WARNINGS: "1",
  };
};
