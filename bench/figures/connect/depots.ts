import type { ConnectRouter } from "@connectrpc/connect";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { inwardTokens } from "@headway/service/tokens";

/** Shared by both processes, as one installation's services share theirs. */
export const tokens = inwardTokens("a secret of the figures alone, long enough");

const depots = Array.from({ length: 5 }, (_, place) => ({ id: crypto.randomUUID(), code: `DEPOT-${place}` }));

/** Answers out of memory: what is measured stands before it. */
export const routes = (router: ConnectRouter): void =>
  void router.service(DepotService, { listDepots: async () => ({ depots }) });
