import type { Depot as ProtoDepot } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { present } from "./wire.ts";

export const depots = handlersOf<paths, Context>()({
  "GET /depots": async ({ calls }) => ok({ items: (await calls.depots.listDepots({})).depots.map(toDepot) }),
  "POST /depots": async ({ body, calls }) => {
    const depot = toDepot(present((await calls.depots.openDepot(body)).depot));
    return made(depot, { version: depot.version });
  },
});

export const toDepot = ({ id, code, name, timeZone, version }: ProtoDepot): components["schemas"]["Depot"] => ({
  id,
  code,
  name,
  timeZone,
  version,
});
