import { type ConnectRouter, createRouterTransport, type Interceptor, type Transport } from "@connectrpc/connect";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { lazy } from "@headway/kernel/lazy";
import type { Bus } from "@headway/messaging/bus";
import { eventLog } from "@headway/messaging/event-log";
import { type Relay, relay } from "@headway/messaging/relay";
import { type Database, openDatabase } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import type { Redis } from "ioredis";
import { noted } from "./circumstances.ts";
import { commandsDone } from "./commands-done.ts";
import { readConfig } from "./config.ts";
import { hearAll, tracedConsumer } from "./hear-all.ts";
import { jobRunner } from "./jobs.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { observe } from "./observe.ts";
import { operationsService } from "./operations-service.ts";
import { otherServices } from "./other-services.ts";
import { openClock } from "./rehearsal-clock.ts";
import { demandAllow, serverInterceptor } from "./server-interceptor.ts";
import { door, type Ground, type Parts, type Service } from "./service.ts";
import type { InwardTokens } from "./tokens.ts";
import { unreadyParts } from "./unready-parts.ts";

export type HostSettings = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly databaseUrl: string;
  /** The most connections of the service's pool. */
  readonly connections: number;
  readonly bus: Bus;
  readonly redis: Redis | null;
  readonly tokens: InwardTokens;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly rehearsal: boolean;
  /** True where the clock first stands in the past and is set until it has caught up: the demo's. */
  readonly catchesUp?: boolean;
  /** How the service reaches another one, by name. */
  readonly transportTo: (service: string, interceptors: Interceptor[]) => Transport;
  /** For tests. */
  readonly overrides?: object;
};

/** A service that stands: its operations can be served, and it begins to listen and to work when it is started. */
export type Hosted = {
  readonly name: string;
  /** Every operation of the service, with those that the platform adds. */
  readonly routes: (router: ConnectRouter) => void;
  readonly interceptors: Interceptor[];
  readonly ground: Ground;
  readonly parts: Parts;
  /** Its consumers hear from now on. Where several services share a process all must hear before one starts: what is published to nobody is gone. */
  readonly listen: () => Promise<void>;
  /** Listens, publishes, works, and opens its own door to the outside last. */
  readonly start: () => Promise<void>;
  /** Takes no more requests from the outside, and finishes those in hand: the first step of a stop. */
  readonly closeWeb: () => Promise<void>;
  /** Finishes the jobs and the batch of events in hand, and begins no others: the step before the bus is closed. */
  readonly rest: () => Promise<void>;
  /** Rests, and closes the pool. The bus must be closed before, so that nothing new arrives. */
  readonly stop: () => Promise<void>;
  /** The names of what does not answer, within about 2 s. */
  readonly unready: () => Promise<readonly string[]>;
};

const platformMigrations = [
  { name: "messaging", folder: new URL("../migrations/", import.meta.resolve("@headway/messaging/bus")) },
  { name: "service", folder: new URL("../migrations/", import.meta.url) },
];

/** The migrations of a service's database: the platform's, then its own. */
export const migrationsOf = ({ name, migrations }: Pick<Service, "name" | "migrations">) => [
  ...platformMigrations,
  ...(migrations ? [{ name, folder: migrations }] : []),
];

/** Puts a service on its feet: database migrated, container built, relay and consumers ready to go. */
export const hostService = async (service: Service, settings: HostSettings): Promise<Hosted> => {
  const { bus, tokens, metrics, rehearsal, catchesUp = false, redis } = settings;
  const config = readConfig(service.config, settings.environment);
  await migrate(settings.databaseUrl, migrationsOf(service));
  const db = openDatabase({ url: settings.databaseUrl, name: service.name, most: settings.connections });
  const clock = await openClock(db, { rehearsal, catchesUp });
  const log = settings.log.child({ service: service.name });

  const publisher = openRelay(service, settings, log);
  const done = commandsDone(db, (error) => log.warn({ event: "commands-done.failed", error: String(error) }));
  const jobs = lazy(() => jobRunner(parts.jobs, clock.now, log));
  const ground: Ground = {
    clock,
    db: { ...db, inTx: done.inTx },
    bus,
    log,
    tokens,
    metrics,
    redis,
    rehearsal,
    eventLog: (topic) =>
      eventLog({ topic, clock, circumstances: noted(service.name), wake: () => publisher?.relay.wake() }),
    call: otherServices({ tokens, self: service.name, transportTo: settings.transportTo }),
    wakeJob: (name) => jobs().wake(name),
  };
  const parts: Parts = service.build(ground, config, settings.overrides);
  const consumers = parts.consumers.map(tracedConsumer);
  const operations = operationsService({ db, topic: service.topic, consumers, clock, jobs: jobs() });
  const doors = [door(OperationsService, operations), ...parts.doors];
  demandAllow(doors.flatMap(({ methods }) => methods));
  observe(service.name, { db, bus, metrics });
  const listen = lazy(() => hearAll(service.name, consumers, { db, bus, log }));
  const rest = async (): Promise<void> => {
    await jobs().stop();
    await publisher?.relay.stop();
  };

  return {
    name: service.name,
    routes: (router) => {
      for (const { mount } of doors) mount(router, done);
    },
    interceptors: [serverInterceptor({ tokens, log, metrics })],
    ground,
    parts,
    listen,
    async start() {
      await listen();
      publisher?.relay.start();
      jobs().start();
      await parts.web?.start();
    },
    closeWeb: async () => parts.web?.stop(),
    rest,
    async stop() {
      await rest();
      await done.settled();
      await Promise.all([db.close(), publisher?.db.close()]);
    },
    unready: unreadyParts(service.name, { db, bus, redis }),
  };
};

type Publisher = { readonly relay: Relay; readonly db: Database };

/** Milliseconds. Whoever wants the log for itself waits for the relay's turn, and its marks behind that one: they give way, and are made later. */
const relayLockWaitMs = 2_000;

/** On connections of its own, one for its locks and one for its marks: where requests wait for theirs, events still go out. Null for a service that tells nothing. */
const openRelay = ({ name, topic }: Service, { databaseUrl, bus }: HostSettings, log: Logger): Publisher | null => {
  if (!topic) return null;
  const db = openDatabase({ url: databaseUrl, name: `${name}-relay`, most: 2, lockWaitMs: relayLockWaitMs });
  const onFailure = (error: unknown): void => log.warn({ event: "relay.failed", error: String(error) });
  return { relay: relay({ db, bus, topic, onFailure }), db };
};

/** A transport to a service in the same process. */
export const inProcessTransport = (hosted: Hosted, interceptors: Interceptor[]): Transport =>
  createRouterTransport(hosted.routes, { router: { interceptors: hosted.interceptors }, transport: { interceptors } });
