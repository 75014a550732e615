import type { Instant } from "@headway/kernel/clock";
import type { DriverId, Id } from "@headway/kernel/ids";
import type { News, NoticeKind } from "./notice.ts";

export type SwapId = Id<"Swap">;

/** What scheduling tells of a swap. */
export type SwapFact = {
  readonly kind: Extract<NoticeKind, `swap-${string}`>;
  readonly swap: SwapId;
  readonly requestedBy: DriverId;
  readonly requestedOf: DriverId;
  /** Whether the driver who was asked had agreed before. */
  readonly accepted: boolean;
  readonly at: Instant;
};

/**
 * Who has to hear of it: never only whoever did it. Once both have agreed, it is a dispatcher who declines, and both hear.
 */
const hearers: Record<SwapFact["kind"], (fact: SwapFact) => readonly DriverId[]> = {
  "swap-requested": ({ requestedOf }) => [requestedOf],
  "swap-accepted": ({ requestedBy }) => [requestedBy],
  "swap-declined": ({ requestedBy, requestedOf, accepted }) => (accepted ? [requestedBy, requestedOf] : [requestedBy]),
  "swap-cancelled": ({ requestedOf }) => [requestedOf],
  "swap-approved": ({ requestedBy, requestedOf }) => [requestedBy, requestedOf],
  "swap-expired": ({ requestedBy, requestedOf }) => [requestedBy, requestedOf],
};

export const newsOfSwap = (fact: SwapFact): News[] =>
  hearers[fact.kind](fact).map((employee) => ({
    employee,
    kind: fact.kind,
    subject: fact.swap,
    occasion: "",
    serviceDate: null,
    at: fact.at,
  }));
