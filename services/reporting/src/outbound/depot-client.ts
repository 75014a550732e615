import type { Client } from "@connectrpc/connect";
import type { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import type { DepotId } from "@headway/kernel/ids";

export const depotClient = (hr: Client<typeof DepotService>) => ({
  /** Whether it is one that the caller may see. */
  async isKnown(depot: DepotId): Promise<boolean> {
    const { depots } = await hr.listDepots({});
    return depots.some(({ id }) => id === depot);
  },
});
