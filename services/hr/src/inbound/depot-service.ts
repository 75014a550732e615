import type { ServiceImpl } from "@connectrpc/connect";
import type { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { callerOf, depotsOf, roles } from "@headway/service/caller";
import type { Depot } from "../model/depot.ts";
import type { depotQueries } from "../outbound/depot-repository.ts";
import type { OpenDepotInput } from "../usecases/open-depot.ts";

export type DepotServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly openDepot: Command<OpenDepotInput, Depot>;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "list">;
};

export const depotService = ({ inTx, openDepot, depots }: DepotServiceNeeds): ServiceImpl<typeof DepotService> => ({
  async openDepot({ code, name, timeZone }) {
    const depot = await inTx((tx) => openDepot(tx, { code, name, zone: timeZone }));
    return { depot: toDepot(depot) };
  },

  async listDepots(_request, context) {
    const seen = depotsOf(callerOf(context), roles);
    const all = await depots.list();
    return { depots: all.filter(({ id }) => seen?.includes(id) ?? true).map(toDepot) };
  },
});

const toDepot = ({ id, code, name, zone, version }: Depot) => ({ id, code, name, timeZone: zone, version });
