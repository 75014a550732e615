import type { Client } from "@connectrpc/connect";
import type { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { type DepotId, parseId } from "@headway/kernel/ids";

export const depotClient = (hr: Client<typeof DepotService>) => ({
  /** The depots that the caller may see. */
  async known(): Promise<ReadonlySet<DepotId>> {
    const { depots } = await hr.listDepots({});
    return new Set(depots.map(({ id }) => parseId<DepotId>(id, "depotId")));
  },
});
