import type { DescService } from "@bufbuild/protobuf";
import { type Client, createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { newId } from "@headway/kernel/ids";
import { inProcessBus } from "@headway/messaging/in-process-bus";
import type { Caller, Person, Role } from "@headway/service/caller";
import { under } from "@headway/service/circumstances";
import { refusingClient } from "@headway/service/client";
import { clientInterceptor } from "@headway/service/client-interceptor";
import { hostService, inProcessTransport } from "@headway/service/host-service";
import { openLog } from "@headway/service/log";
import { openMetrics } from "@headway/service/metrics";
import type { Service } from "@headway/service/service";
import { stopTogether } from "@headway/service/together";
import { inwardTokens } from "@headway/service/tokens";

/** One service as the single process hosts it, on a database of its own and a bus of its own. */
export type HostedAlone = {
  /** A client that goes through the door: token, interceptors and messages as between two services of one process. */
  readonly as: <S extends DescService>(caller: Caller, desc: S) => Client<S>;
  /** Begins to publish and to work; calls are answered before already. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** As many connections as a service of the single process has. */
const connections = 12;

/** Stands on an empty or a migrated database. Other services do not answer. */
export const hostAlone = async (service: Service, databaseUrl: string): Promise<HostedAlone> => {
  const bus = inProcessBus();
  const tokens = inwardTokens("a secret that only the benches know, long enough");
  const hosted = await hostService(service, {
    environment: process.env,
    databaseUrl,
    connections,
    bus,
    redis: null,
    tokens,
    metrics: openMetrics(),
    log: openLog(process.env.HEADWAY_TEST_LOG ?? "silent"),
    rehearsal: false,
    transportTo: (_name, interceptors) => createRouterTransport(() => {}, { transport: { interceptors } }),
  });
  return {
    as: (caller, desc) =>
      refusingClient(
        desc,
        inProcessTransport(hosted, [actingAs(caller), clientInterceptor({ tokens, self: "bench" })]),
      ),
    start: hosted.start,
    async stop() {
      for (const step of stopTogether([hosted], bus)) await step.stop();
    },
  };
};

/** Somebody with a role in all depots. */
export const everywhere = (role: Role): Person => ({
  kind: "person",
  user: newId(),
  session: "bench",
  employee: null,
  grants: [{ role, depots: null }],
});

const actingAs =
  (caller: Caller): Interceptor =>
  (next) =>
  (request) =>
    under({ caller, deadline: null }, () => next(request));
