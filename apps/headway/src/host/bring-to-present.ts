import type { Client } from "@connectrpc/connect";
import type { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { systemClock } from "@headway/kernel/clock";
import { isBefore } from "@headway/kernel/time";

/** A service that goes by the machine's time answers it within this. */
const near = { seconds: 5 };

/** Sets a service's clock to the machine's time until it goes on by itself: what falls due meanwhile may take it long. */
export const bringToPresent = async (
  service: Pick<Client<typeof OperationsService>, "setClock" | "getClock">,
  now = systemClock.now,
): Promise<void> => {
  for (;;) {
    await service.setClock({ at: toTimestamp(now()) });
    const { at } = await service.getClock({});
    if (at && !isBefore(toInstant(at, "at"), now().subtract(near))) return;
  }
};
