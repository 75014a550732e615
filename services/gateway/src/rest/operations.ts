import type { GetEventFlowResponse } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { missing } from "@headway/kernel/domain-error";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Calls } from "../outbound/calls.ts";
import { isoOf, orNull, present, timestampOf } from "./wire.ts";

type Schemas = components["schemas"];

export const operations = handlersOf<paths, Context>()({
  "GET /operations/event-flow": async ({ calls }) =>
    ok({
      items: await eachService(calls, undefined, async (service, client) =>
        toServiceFlow(service, await client.getEventFlow({})),
      ),
    }),
  "GET /operations/parked-events": async ({ query, calls }) => {
    const size = query.limit ?? 100;
    const found = await eachService(calls, query.service, async (service, client) => {
      const { parked } = await client.listParkedEvents({ size });
      return parked.map(({ consumer, eventId, topic, type, aggregateId, reason, parkedAt }) => ({
        service,
        consumer,
        eventId,
        topic,
        type,
        aggregateId,
        reason: orNull(reason),
        parkedAt: isoOf(present(parkedAt)),
      }));
    });
    const oldestFirst = found.flat().sort((a, b) => a.parkedAt.localeCompare(b.parkedAt));
    return ok({ items: oldestFirst.slice(0, size) });
  },
  "POST /operations/parked-events/replay": async ({ body, calls }) => {
    const { handled, stillParked } = await serviceNamed(calls, body.service).replayParkedEvents({
      consumer: body.consumer,
      aggregateId: body.aggregateId ?? "",
    });
    return ok({ handled, stillParked });
  },
  "GET /clock": async ({ clock }) => ok({ at: clock.now().toString(), rehearsal: clock.rehearsal }),
  "PUT /clock": async ({ body, calls, clock }) => {
    if (!clock.rehearsal) throw missing("clock.no-rehearsal", "Only a rehearsal has a clock that can be set.");
    const at = timestampOf(body.at, "body/at");
    // One after the other, in the order in which facts flow: what falls due in one is known before the next looks.
    for (const client of calls.operations.values()) await client.setClock({ at });
    return ok({ at: isoOf(at), rehearsal: true });
  },
});

type OperationsClient = NonNullable<ReturnType<Calls["operations"]["get"]>>;

const eachService = <T>(
  calls: Calls,
  wanted: string | undefined,
  ask: (service: string, client: OperationsClient) => Promise<T>,
): Promise<T[]> => {
  const asked = wanted === undefined ? [...calls.operations] : [[wanted, serviceNamed(calls, wanted)] as const];
  return Promise.all(asked.map(([service, client]) => ask(service, client)));
};

const serviceNamed = (calls: Calls, name: string): OperationsClient => {
  const client = calls.operations.get(name);
  if (!client)
    throw missing(
      "service.unknown",
      `There is no service ${name}; there are ${[...calls.operations.keys()].join(", ")}.`,
    );
  return client;
};

const toServiceFlow = (
  service: string,
  { recorded, unpublished, consumed, parked }: GetEventFlowResponse,
): Schemas["ServiceFlow"] => ({
  service,
  recorded: recorded.map(({ topic, type, count }) => ({ topic, type, count: Number(count) })),
  unpublished: Number(unpublished),
  consumed: consumed.map(({ consumer, topic, type, count }) => ({ consumer, topic, type, count: Number(count) })),
  parked: Number(parked),
});
