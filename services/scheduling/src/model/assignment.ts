import {
  type AssignmentId,
  type DriverId,
  type DutyId,
  nextVersion,
  type RosterId,
  type Version,
} from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { type Moves, mover } from "@headway/kernel/move";
import type { Duty } from "./duty.ts";
import type { Reign } from "./roster.ts";

export const assignmentStates = ["assigned", "under-way", "worked", "released"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

/** Why a driver no longer holds a duty. */
export const releaseCauses = [
  "unassigned",
  "absence",
  "missed",
  "swap",
  "cancelled-duty",
  "terminated",
  "moved",
] as const;
export type ReleaseCause = (typeof releaseCauses)[number];

/** Relieved is who gives a duty up in the middle of it. */
export type AssignmentOrder = "SignOn" | "SignOff" | "Release" | "Relieve";

/** A driver on a duty, as the roster knows it; dispatch knows the finer states of the day. */
export type Assignment = {
  readonly id: AssignmentId;
  readonly roster: RosterId;
  readonly duty: DutyId;
  readonly driver: DriverId;
  /** The duty's times and minutes of work when it was given. */
  readonly worked: Interval;
  readonly work: number;
  readonly state: AssignmentState;
  readonly reign: Reign;
  readonly version: Version;
};

/** An assignment with its duty. */
export type Held = { readonly assignment: Assignment; readonly duty: Duty };

const moves: Moves<AssignmentState, AssignmentOrder> = {
  assigned: { SignOn: "under-way", Release: "released" },
  "under-way": { SignOff: "worked", Relieve: "released" },
  worked: {},
  released: {},
};

const moveState = mover("assignment", moves);

/** Carries out an order. Refused with `assignment.under-way`, `assignment.worked` and so on where the state does not allow it. */
export const move = (assignment: Assignment, order: AssignmentOrder): Assignment => ({
  ...assignment,
  state: moveState(assignment.state, order),
  version: nextVersion(assignment.version),
});

export const mayMove = ({ state }: Assignment, order: AssignmentOrder): boolean => moves[state][order] !== undefined;
