import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { Client, ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import type { Topic } from "@headway/contracts/topic";
import type { Clock } from "@headway/kernel/clock";
import type { Bus } from "@headway/messaging/bus";
import type { BoundConsumer } from "@headway/messaging/consumer";
import type { EventLog } from "@headway/messaging/event-log";
import type { Database } from "@headway/postgres/database";
import type { Redis } from "ioredis";
import type { CommandsDone } from "./commands-done.ts";
import type { Settings } from "./config.ts";
import type { Job } from "./jobs.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { once } from "./once.ts";
import type { InwardTokens } from "./tokens.ts";

/** What the platform gives a service to stand on. */
export type Ground = {
  readonly clock: Clock;
  readonly db: Database;
  readonly bus: Bus;
  readonly log: Logger;
  readonly tokens: InwardTokens;
  readonly metrics: Pick<Metrics, "requests">;
  /** Null where Headway runs in a single process, and for a service that does not use it. */
  readonly redis: Redis | null;
  /** True in the rehearsal profile. */
  readonly rehearsal: boolean;
  /** The log of the service's own events. */
  readonly eventLog: <T extends Topic>(topic: T) => EventLog<T>;
  /** A client of another service (`at` where its package does not tell); the caller, the deadline and the trace of the moment go with each call. */
  readonly call: <S extends DescService>(service: S, at?: string) => Client<S>;
  /** Runs one of the service's own jobs soon. */
  readonly wakeJob: (name: string) => void;
};

/** The operations of one Connect service, ready to be mounted wherever they are served. */
export type Door = {
  readonly methods: readonly DescMethod[];
  readonly mount: (router: ConnectRouter, done: CommandsDone) => void;
};

/** The operations of one service of the contract; a forgotten one does not compile. */
export const door = <S extends DescService>(service: S, implementation: ServiceImpl<S>): Door => ({
  methods: service.methods,
  mount: (router, done) => void router.service(service, once(service, implementation, done)),
});

/** What a service is made of, once it stands. */
export type Parts = {
  readonly doors: readonly Door[];
  readonly consumers: readonly BoundConsumer[];
  readonly jobs: readonly Job[];
  /** The edge's own door to the outside; opened last, closed first. */
  readonly web?: { readonly start: () => Promise<void>; readonly stop: () => Promise<void> };
};

/** A service, as a host needs to know it. `overrides` are for tests: they take the place of what the container makes. */
export type Service<Config extends object = object, Overrides extends object = object> = {
  readonly name: string;
  /** Null for a service that tells nothing. */
  readonly topic: Topic | null;
  /** Only such a service is connected to Redis, and unready without it. */
  readonly usesRedis?: true;
  /** Its own settings, read from the environment. */
  readonly config: Settings<Config>;
  readonly migrations: URL | null;
  // A method: a host holds services of any settings, and hands each its own.
  build(ground: Ground, config: Config, overrides?: Overrides): Parts;
};

/** Keeps the types of a service's settings and overrides together while it is written. */
export const defineService = <Config extends object, Overrides extends object>(
  service: Service<Config, Overrides>,
): Service<Config, Overrides> => service;
