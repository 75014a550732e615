import type { Instant } from "@headway/kernel/clock";
import type { Assignment, ReleaseCause } from "./assignment.ts";
import type { Duty } from "./duty.ts";
import type { Roster, RosterVersion } from "./roster.ts";
import type { Swap } from "./swap.ts";

/** `told` counts the events of the duty, this one included. */
type OfDuty = {
  readonly assignment: Assignment;
  readonly duty: Duty;
  readonly told: number;
  readonly rosterVersion: RosterVersion;
};

export type DutyEvent =
  | (OfDuty & { readonly type: "DutyAssigned"; readonly byPublication: boolean })
  | (OfDuty & { readonly type: "DutyReleased"; readonly cause: ReleaseCause });

export type RosterEvent = {
  readonly type: "RosterPublished";
  readonly roster: Roster;
  readonly assigned: number;
  readonly open: number;
};

export type SwapEvent =
  | { readonly type: "SwapRequested" | "SwapAccepted" | "SwapDeclined" | "SwapCancelled"; readonly swap: Swap }
  | { readonly type: "SwapApproved"; readonly swap: Swap; readonly rosterVersion: RosterVersion }
  /** `at` is when the swap lapsed; it is noticed later. */
  | { readonly type: "SwapExpired"; readonly swap: Swap; readonly at: Instant };

export type SchedulingEvent = DutyEvent | RosterEvent | SwapEvent;
