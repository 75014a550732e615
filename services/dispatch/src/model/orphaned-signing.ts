import type { Instant } from "@headway/kernel/clock";
import { type DepotId, nextVersion, type Version } from "@headway/kernel/ids";
import { type Moves, mover } from "@headway/kernel/move";
import type { PlainDate } from "@headway/kernel/time";
import type { Settled } from "./assignment.ts";
import type { TakenSigning } from "./signing.ts";

export type OrphanState = "waiting" | "matched" | "dismissed";
type OrphanOrder = "Match" | "Dismiss";

export const orphanMoves: Moves<OrphanState, OrphanOrder> = {
  waiting: { Match: "matched", Dismiss: "dismissed" },
  matched: {},
  dismissed: {},
};

const move = mover("signing", orphanMoves);

export type DismissReason = "counted-already" | "not-worked" | "mistake" | "other";

export type Dismissal = {
  readonly reason: DismissReason;
  /** The dispatcher's own words; nobody else is told. */
  readonly note: string | null;
};

/** A signing that fitted no assignment, from its arrival until a person has settled it. */
export type OrphanedSigning = {
  readonly taken: TakenSigning;
  /** Where somebody must look at it. */
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly receivedAt: Instant;
  readonly state: OrphanState;
  readonly settled: Settled | null;
  readonly dismissal: Dismissal | null;
  readonly version: Version;
};

/** It counts for nothing. Refused with `signing.matched` or `signing.dismissed` where it is settled. */
export const dismiss = (orphan: OrphanedSigning, dismissal: Dismissal, settled: Settled): OrphanedSigning => ({
  ...settle(orphan, "Dismiss", settled),
  dismissal,
});

/** Refused with `signing.<state>` where it is settled. */
export const settle = (orphan: OrphanedSigning, order: OrphanOrder, settled: Settled): OrphanedSigning => ({
  ...orphan,
  state: move(orphan.state, order),
  settled,
  version: nextVersion(orphan.version),
});
