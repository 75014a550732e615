import type { DescService, MessageInitShape } from "@bufbuild/protobuf";
import { create, toBinary } from "@bufbuild/protobuf";
import { type Client, type ConnectRouter, createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import type { Topic } from "@headway/contracts/topic";
import type { Instant } from "@headway/kernel/clock";
import { newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { BusMessage } from "@headway/messaging/bus";
import { inProcessBus } from "@headway/messaging/in-process-bus";
import type { Database } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import type { Caller } from "../src/caller.ts";
import { under } from "../src/circumstances.ts";
import { refusingClient } from "../src/client.ts";
import { clientInterceptor } from "../src/client-interceptor.ts";
import { type Hosted, hostService, inProcessTransport, migrationsOf } from "../src/host-service.ts";
import { openLog } from "../src/log.ts";
import { openMetrics } from "../src/metrics.ts";
import type { Service } from "../src/service.ts";
import { stopTogether } from "../src/together.ts";
import { inwardTokens } from "../src/tokens.ts";
import { demandRisingVersions } from "./rising-versions.ts";

/** The service on a database of its own, with its real door; other services are what the test says they are. */
export type ServiceUnderTest = {
  readonly hosted: Hosted;
  readonly db: Database;
  /** A client of the service that calls on behalf of this caller. */
  readonly as: <S extends DescService>(caller: Caller, desc: S) => Client<S>;
  /** An event from another service arrives, and has been handled (or parked) when this resolves. */
  readonly hear: <T extends Topic, Type extends keyof T["types"] & string>(
    topic: T,
    type: Type,
    payload: MessageInitShape<T["types"][Type]>,
    about: { readonly aggregate: string; readonly version?: number; readonly at?: Instant; readonly id?: string },
  ) => Promise<void>;
  /** What the service has recorded so far, oldest first: type and payload decoded. */
  readonly recorded: () => Promise<
    readonly { readonly type: string; readonly aggregate: string; readonly payload: Uint8Array }[]
  >;
  readonly setClock: (at: string) => Promise<void>;
  /** Ends it, and looks whether the versions of all that it recorded rise. */
  readonly close: () => Promise<void>;
};

/** What a test gives the service that is not its usual. */
export type Given = {
  /** Stubs of other services, by routes. */
  readonly others?: (router: ConnectRouter) => void;
  readonly overrides?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the clock stands first; tests live in the rehearsal profile, so that time is theirs. */
  readonly at?: string;
};

/** The service, started, on a fresh copy of its migrated database and a bus of its own. To be closed when the test ends. */
export const serviceUnderTest = async (
  service: Service,
  { others = () => {}, overrides, environment = {}, at = "2026-11-21T08:00:00Z" }: Given = {},
): Promise<ServiceUnderTest> => {
  const template = templateDatabases(givenServers().postgresUrl).template(service.name, (target) =>
    migrate(target, migrationsOf(service)),
  );
  const { url, drop } = await template.clone();
  const bus = inProcessBus();
  const tokens = inwardTokens("a secret that only tests know, long enough");
  const hosted = await hostService(service, {
    environment: { ...process.env, ...environment },
    databaseUrl: url,
    connections: 20,
    bus,
    redis: null,
    tokens,
    metrics: openMetrics(),
    log: openLog(process.env.HEADWAY_TEST_LOG ?? "silent"),
    rehearsal: true,
    transportTo: (_name, interceptors) => createRouterTransport(others, { transport: { interceptors } }),
    ...(overrides ? { overrides } : {}),
  });
  await hosted.start();
  const setClock = async (instant: string): Promise<void> => {
    const caller: Caller = {
      kind: "person",
      user: newId(),
      session: "test",
      employee: null,
      grants: [{ role: "admin", depots: null }],
    };
    await as(caller, OperationsService).setClock({ at: toTimestamp(Temporal.Instant.from(instant)) });
  };
  const as = <S extends DescService>(caller: Caller, desc: S): Client<S> =>
    refusingClient(desc, inProcessTransport(hosted, [actingAs(caller), clientInterceptor({ tokens, self: "test" })]));
  await setClock(at);
  return {
    hosted,
    db: hosted.ground.db,
    as,
    hear: (topic, type, payload, about) =>
      bus.publish([toMessage(topic, type, payload, about, hosted.ground.clock.now())]),
    recorded: () =>
      hosted.ground.db.rows("select type, aggregate_id as aggregate, payload from event_log order by position"),
    setClock,
    async close() {
      await demandRisingVersions(hosted.ground.db).finally(async () => {
        for (const { stop } of stopTogether([hosted], bus)) await stop();
        await drop();
      });
    },
  };
};

const actingAs =
  (caller: Caller): Interceptor =>
  (next) =>
  (request) =>
    under({ caller, deadline: null }, () => next(request));

const toMessage = <T extends Topic, Type extends keyof T["types"] & string>(
  topic: T,
  type: Type,
  payload: MessageInitShape<T["types"][Type]>,
  {
    aggregate,
    version = 1,
    at,
    id = newId(),
  }: { readonly aggregate: string; readonly version?: number; readonly at?: Instant; readonly id?: string },
  now: Instant,
): BusMessage => {
  const schema = topic.types[type];
  if (!schema) throw new Error(`${topic.name} has no event type ${type}.`);
  return {
    topic: topic.name,
    key: aggregate,
    headers: {
      ce_specversion: "1.0",
      ce_id: id,
      ce_source: `/headway/${topic.service}`,
      ce_type: type,
      ce_subject: aggregate,
      ce_time: (at ?? now).toString(),
      ce_aggregateversion: String(version),
      ce_actor: `service:${topic.service}`,
    },
    value: toBinary(schema, create(schema, payload)),
  };
};
