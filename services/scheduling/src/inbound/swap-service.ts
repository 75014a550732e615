import type { ServiceImpl } from "@connectrpc/connect";
import {
  SwapState as ProtoState,
  type SwapService,
} from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { type AssignmentId, type DepotId, type DriverId, parseId, parseVersion } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import {
  type Caller,
  callerOf,
  depotsOf,
  employeeOf,
  hasInDepot,
  mayInDepot,
  type Role,
  rolesOf,
} from "@headway/service/caller";
import type { Swap, SwapId, SwapState } from "../model/swap.ts";
import type { depotQueries } from "../outbound/depot-queries.ts";
import type { swapQueries } from "../outbound/swap-queries.ts";
import type { AcceptSwapInput } from "../usecases/accept-swap.ts";
import type { ApproveSwapInput } from "../usecases/approve-swap.ts";
import type { CancelSwapInput } from "../usecases/cancel-swap.ts";
import type { DeclineSwapInput } from "../usecases/decline-swap.ts";
import type { RequestSwapInput } from "../usecases/request-swap.ts";

export type SwapServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "ofSwap">;
  readonly queries: ReturnType<typeof swapQueries>;
  readonly requestSwap: Command<RequestSwapInput, Swap>;
  readonly acceptSwap: Command<AcceptSwapInput, Swap>;
  readonly declineSwap: Command<DeclineSwapInput, Swap>;
  readonly cancelSwap: Command<CancelSwapInput, Swap>;
  readonly approveSwap: Command<ApproveSwapInput, Swap>;
};

const dispatchers: readonly Role[] = ["dispatcher", "admin"];

export const swapService = (needs: SwapServiceNeeds): ServiceImpl<typeof SwapService> => {
  const { inTx, clock, depots, queries } = needs;
  return {
    async requestSwap({ offeredAssignmentId, wantedAssignmentId }, context) {
      const input = {
        driver: employeeOf(callerOf(context)),
        offered: parseId<AssignmentId>(offeredAssignmentId, "offeredAssignmentId"),
        wanted: parseId<AssignmentId>(wantedAssignmentId, "wantedAssignmentId"),
        now: clock.now(),
      };
      return { swap: toSwap(await inTx((tx) => needs.requestSwap(tx, input))) };
    },

    async acceptSwap(request, context) {
      const input = { ...toSwapInput(request), driver: employeeOf(callerOf(context)), now: clock.now() };
      return { swap: toSwap(await inTx((tx) => needs.acceptSwap(tx, input))) };
    },

    async declineSwap(request, context) {
      const caller = callerOf(context);
      const said = toSwapInput(request);
      const input = { ...said, driver: toDecliner(caller, await depots.ofSwap(said.swap)) };
      return { swap: toSwap(await inTx((tx) => needs.declineSwap(tx, input))) };
    },

    async cancelSwap(request, context) {
      const input = { ...toSwapInput(request), driver: employeeOf(callerOf(context)) };
      return { swap: toSwap(await inTx((tx) => needs.cancelSwap(tx, input))) };
    },

    async approveSwap(request, context) {
      const input = { ...toSwapInput(request), now: clock.now() };
      mayInDepot(callerOf(context), dispatchers, await depots.ofSwap(input.swap));
      return { swap: toSwap(await inTx((tx) => needs.approveSwap(tx, input))) };
    },

    async listSwaps({ depotId, waiting, page }, context) {
      const caller = callerOf(context);
      const depot = depotId === "" ? null : parseId<DepotId>(depotId, "depotId");
      if (depot) mayInDepot(caller, dispatchers, depot);
      const { items, next } = await queries.list({
        depots: depot ? [depot] : depotsOf(caller, dispatchers),
        driver: !depot && caller.kind === "person" ? caller.employee : null,
        waiting,
        page: parsePage(page, ["instant", "uuid"]),
      });
      return { swaps: items.map(toSwap), page: { next } };
    },
  };
};

/** Whoever may dispatch the depot declines as its dispatcher (null), a driver for themselves. Nobody else does. */
const toDecliner = (caller: Caller, depot: DepotId): DriverId | null => {
  if (!hasInDepot(caller, dispatchers, depot) && rolesOf(caller).includes("driver")) return employeeOf(caller);
  mayInDepot(caller, dispatchers, depot);
  return null;
};

const toSwapInput = (said: { swapId: string; expectedVersion: number }) => ({
  swap: parseId<SwapId>(said.swapId, "swapId"),
  expected: parseVersion(said.expectedVersion, "expectedVersion"),
});

const states = wordsOf<SwapState, ProtoState>({
  pending: ProtoState.PENDING,
  accepted: ProtoState.ACCEPTED,
  completed: ProtoState.COMPLETED,
  declined: ProtoState.DECLINED,
  cancelled: ProtoState.CANCELLED,
  expired: ProtoState.EXPIRED,
});

const toSwap = (swap: Swap) => ({
  id: swap.id,
  depotId: swap.depot,
  requestedBy: swap.requestedBy,
  requestedOf: swap.requestedOf,
  offeredAssignmentId: swap.offered,
  wantedAssignmentId: swap.wanted,
  state: states.toProto(swap.state),
  version: swap.version,
  requestedAt: toTimestamp(swap.requestedAt),
});
