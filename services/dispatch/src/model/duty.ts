import type { Instant } from "@headway/kernel/clock";
import { missing } from "@headway/kernel/domain-error";
import type { AssignmentId, DepotId, DutyId, Version } from "@headway/kernel/ids";
import { type Moves, mover } from "@headway/kernel/move";
import type { PlainDate } from "@headway/kernel/time";
import { type Assignment, isStanding } from "./assignment.ts";
import type { Plan } from "./plan.ts";
import type { Windows } from "./windows.ts";

export type DutyState = "published" | "in-progress" | "completed" | "cancelled";

export type DutyOrder = "Start" | "Complete" | "Cancel" | "Reactivate";

/**
 * Start comes again after a relief, Complete again when a driver signs off after the system did. Cancel in progress is
 * for the rest of a duty that nobody takes over.
 */
export const dutyMoves: Moves<DutyState, DutyOrder> = {
  published: { Start: "in-progress", Cancel: "cancelled" },
  "in-progress": { Start: "in-progress", Complete: "completed", Cancel: "cancelled" },
  completed: { Complete: "completed" },
  cancelled: { Reactivate: "published" },
};

export const moveDuty = mover("duty", dutyMoves);

export type CancelCause = "no-driver" | "no-vehicle" | "disruption" | "timetable-change" | "other";

/** Planning withdraws what is no longer in the timetable, and may plan it again; a dispatcher cancels what cannot run. */
export type Cancellation = {
  readonly by: "planning" | "dispatcher";
  readonly cause: CancelCause;
  /** The dispatcher's own words; nobody else is told. */
  readonly note: string | null;
};

/** A duty on its day, with everybody who was ever put on it: one aggregate, one version, one lock. */
export type Duty = {
  readonly id: DutyId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly plan: Plan;
  readonly windows: Windows;
  readonly activatedAt: Instant;
  readonly state: DutyState;
  /** Why it does not run and who says so, while it is cancelled. */
  readonly cancelled: Cancellation | null;
  /** The newest last. */
  readonly assignments: readonly Assignment[];
  readonly version: Version;
};

/** Who has the duty now, or null. */
export const holderOf = ({ assignments }: Duty): Assignment | null => assignments.find(isStanding) ?? null;

/** Has a day ahead and nobody to work it. */
export const isOpen = (duty: {
  readonly state: DutyState;
  readonly assignments: readonly Pick<Assignment, "state">[];
}): boolean => runs(duty) && !duty.assignments.some(isStanding);

/** Is neither over nor called off. */
export const runs = ({ state }: Pick<Duty, "state">): boolean => state === "published" || state === "in-progress";

/** Refused with `assignment.unknown`. */
export const assignmentOf = (duty: Duty, id: AssignmentId): Assignment => {
  const found = duty.assignments.find((assignment) => assignment.id === id);
  if (!found) throw missing("assignment.unknown", `There is no assignment ${id} on this duty.`);
  return found;
};

export const withAssignment = (duty: Duty, changed: Assignment): Duty => ({
  ...duty,
  assignments: duty.assignments.map((assignment) => (assignment.id === changed.id ? changed : assignment)),
});
