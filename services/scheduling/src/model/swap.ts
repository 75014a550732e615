import type { Instant } from "@headway/kernel/clock";
import { conflict, denied } from "@headway/kernel/domain-error";
import {
  type AssignmentId,
  type DepotId,
  type DriverId,
  firstVersion,
  type Id,
  nextVersion,
  type Version,
} from "@headway/kernel/ids";
import { type Moves, mover } from "@headway/kernel/move";
import { earlier, isBefore } from "@headway/kernel/time";
import type { Held } from "./assignment.ts";
import { isPublished, type Roster } from "./roster.ts";

export type SwapId = Id<"Swap">;

export const swapStates = ["pending", "accepted", "completed", "declined", "cancelled", "expired"] as const;
export type SwapState = (typeof swapStates)[number];

/** Approving a swap carries it out at once, so `approved` and `completed` are one. */
export type SwapOrder = "Accept" | "Approve" | "Decline" | "Cancel" | "Expire";

/** Two drivers exchange duties: one asks, the other agrees, a dispatcher has the last word. */
export type Swap = {
  readonly id: SwapId;
  readonly depot: DepotId;
  readonly requestedBy: DriverId;
  readonly requestedOf: DriverId;
  readonly offered: AssignmentId;
  readonly wanted: AssignmentId;
  readonly state: SwapState;
  readonly requestedAt: Instant;
  /** When the earlier duty begins: too late from then on. */
  readonly expiresAt: Instant;
  readonly version: Version;
};

const moves: Moves<SwapState, SwapOrder> = {
  pending: { Accept: "accepted", Decline: "declined", Cancel: "cancelled", Expire: "expired" },
  accepted: { Approve: "completed", Decline: "declined", Cancel: "cancelled", Expire: "expired" },
  completed: {},
  declined: {},
  cancelled: {},
  expired: {},
};

/** The states in which a swap waits for somebody. */
export const waiting = swapStates.filter((state) => Object.keys(moves[state]).length > 0);

const moveState = mover("swap", moves);

/** Carries out an order. Refused with `swap.pending`, `swap.completed` and so on where the state does not allow it. */
export const move = (swap: Swap, order: SwapOrder): Swap => ({
  ...swap,
  state: moveState(swap.state, order),
  version: nextVersion(swap.version),
});

/**
 * A driver offers an own duty for another's. Refused with `swap.not-yours`, `swap.with-yourself`, `swap.other-roster`,
 * `roster.draft` or `swap.too-late`.
 */
export const request = (id: SwapId, by: DriverId, roster: Roster, offered: Held, wanted: Held, now: Instant): Swap => {
  if (offered.assignment.driver !== by)
    throw denied("swap.not-yours", "Only an own duty can be offered.", { field: "offeredAssignmentId" });
  if (wanted.assignment.driver === by)
    throw conflict("swap.with-yourself", "A swap needs another driver.", { field: "wantedAssignmentId" });
  if (offered.assignment.roster !== wanted.assignment.roster)
    throw conflict("swap.other-roster", "Duties are swapped within one roster.", { field: "wantedAssignmentId" });
  if (!isPublished(roster)) throw conflict("roster.draft", "Duties are swapped once the roster is published.");
  const swap: Swap = {
    id,
    depot: offered.duty.depot,
    requestedBy: by,
    requestedOf: wanted.assignment.driver,
    offered: offered.assignment.id,
    wanted: wanted.assignment.id,
    state: "pending",
    requestedAt: now,
    expiresAt: earlier(offered.assignment.worked.starts, wanted.assignment.worked.starts),
    version: firstVersion,
  };
  mustBeInTime(swap, now);
  return swap;
};

/** Refused with `swap.too-late` once the earlier duty has begun. */
export const mustBeInTime = ({ expiresAt }: Swap, now: Instant): void => {
  if (!isBefore(now, expiresAt)) throw conflict("swap.too-late", `The first of the duties began at ${expiresAt}.`);
};
