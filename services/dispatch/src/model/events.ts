import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, type Id, nextVersion } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Decision } from "@headway/kernel/tx";
import type { CancelCause, Duty } from "./duty.ts";
import type { DismissReason, OrphanedSigning } from "./orphaned-signing.ts";
import type { PickReason, ReplacementId } from "./replacement.ts";
import type { WorkedTime } from "./worked-time.ts";

export type DayId = Id<"Day">;

/** `at` is when it was so: the driver's own time of a signing, the due instant of what the clock decides. */
type Fact<Type extends string, Details = unknown> = { readonly type: Type; readonly at: Instant } & Details;
type OfDriver<Details = unknown> = { readonly assignment: AssignmentId; readonly driver: DriverId } & Details;

export type DutyFact =
  | Fact<"DriverLate", OfDriver>
  | Fact<"DriverMissed", OfDriver>
  | Fact<"DriverSignedOn", OfDriver<{ readonly minutesLate: number }>>
  | Fact<"BreakStarted", OfDriver>
  | Fact<"BreakEnded", OfDriver>
  | Fact<"DriverSignedOff", OfDriver<{ readonly by: "driver" | "system" | "relief" }>>
  | Fact<"WorkedTimeRecorded", OfDriver<{ readonly worked: WorkedTime; readonly needsReview: boolean }>>
  | Fact<"WorkedTimeVerified", OfDriver<{ readonly signedOff: Instant }>>
  | Fact<
      "ReplacementPicked",
      OfDriver<{ readonly replacement: ReplacementId; readonly reason: PickReason; readonly passedOver: number }>
    >
  | Fact<"DutyCancelled", { readonly cause: CancelCause }>
  | Fact<"DutyReactivated">;

/** A fact with the duty as it is right after it, so that whoever hears of it needs to ask nothing. */
export type DutyEvent = DutyFact & { readonly duty: Duty };

/** The plan of a depot's day has become its operation. */
type DayActivated = {
  readonly type: "DayActivated";
  readonly day: DayId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly duties: number;
  readonly open: number;
  readonly at: Instant;
};

/** What becomes of a signing that fits no assignment; told with the signing as it is right after it. */
type OrphanFact =
  | Fact<"SigningOrphaned">
  | Fact<"SigningMatched", { readonly duty: DutyId; readonly assignment: AssignmentId }>
  | Fact<"SigningDismissed", { readonly reason: DismissReason }>;

export type OrphanEvent = OrphanFact & { readonly orphan: OrphanedSigning };

/** Everything that dispatch tells. */
export type DispatchEvent = DutyEvent | DayActivated | OrphanEvent;

export type DutyDecision = Decision<Duty, readonly DutyEvent[]>;

/** Nothing happened. */
export const unchanged = (duty: Duty): DutyDecision => ({ next: duty, event: [] });

/** Another state that nobody else needs to hear of. */
export const changed = (duty: Duty): DutyDecision => ({
  next: { ...duty, version: nextVersion(duty.version) },
  event: [],
});

/** A fact and the state that it leads to. */
export const happened = (duty: Duty, fact: DutyFact): DutyDecision => {
  const { next } = changed(duty);
  return { next, event: [{ ...fact, duty: next }] };
};

/** One decision after the other. */
export const andThen = (first: DutyDecision, decide: (duty: Duty) => DutyDecision): DutyDecision => {
  const second = decide(first.next);
  return { next: second.next, event: [...first.event, ...second.event] };
};
