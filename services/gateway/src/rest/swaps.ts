import { type Swap as ProtoSwap, SwapState } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Names } from "../outbound/names.ts";
import { nameOf } from "./drivers.ts";
import { isoOf, listed, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const swaps = handlersOf<paths, Context>()({
  "GET /swaps": async ({ query, calls, names }) => {
    const { swaps: found, page } = await calls.swaps.listSwaps({
      depotId: query.depotId ?? "",
      waiting: query.waiting ?? false,
      page: pageOf(query),
    });
    return ok(listed(await toSwaps(found, names), page));
  },
  "POST /swaps/{swapId}/approve": async ({ path, ifMatch, calls, names }) => {
    const { swap } = await calls.swaps.approveSwap({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredSwap(swap, names)));
  },
  "POST /swaps/{swapId}/decline": async ({ path, ifMatch, calls, names }) => {
    const { swap } = await calls.swaps.declineSwap({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredSwap(swap, names)));
  },
});

/** A swap with both names, and its version. */
export const answeredSwap = async (
  swap: ProtoSwap | undefined,
  names: Names,
): Promise<[Schemas["Swap"], { version: number }]> => {
  const [answered] = await toSwaps([present(swap)], names);
  return [present(answered), { version: present(answered).version }];
};

export const toSwaps = async (found: readonly ProtoSwap[], names: Names): Promise<Schemas["Swap"][]> => {
  const named = await names(found.flatMap(({ requestedBy, requestedOf }) => [requestedBy, requestedOf]));
  return found.map((swap) => ({
    id: swap.id,
    depotId: swap.depotId,
    requestedBy: swap.requestedBy,
    requestedByName: nameOf(swap.requestedBy, named),
    requestedOf: swap.requestedOf,
    requestedOfName: nameOf(swap.requestedOf, named),
    offeredAssignmentId: swap.offeredAssignmentId,
    wantedAssignmentId: swap.wantedAssignmentId,
    state: states.toWord(swap.state),
    requestedAt: isoOf(present(swap.requestedAt)),
    version: swap.version,
  }));
};

const states = wordsOf<Schemas["SwapState"], SwapState>({
  pending: SwapState.PENDING,
  accepted: SwapState.ACCEPTED,
  completed: SwapState.COMPLETED,
  declined: SwapState.DECLINED,
  cancelled: SwapState.CANCELLED,
  expired: SwapState.EXPIRED,
});
