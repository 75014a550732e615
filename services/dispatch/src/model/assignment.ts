import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DriverId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { type Moves, mover } from "@headway/kernel/move";

export type AssignmentState =
  | "assigned"
  | "late"
  | "missed"
  | "released"
  | "signed-on"
  | "on-break"
  | "relieved"
  | "signed-off"
  | "signed-off-by-system"
  | "verified";

export type AssignmentOrder =
  | "ReportLate"
  | "ReportMissed"
  | "Release"
  | "SignOn"
  | "StartBreak"
  | "EndBreak"
  | "SignOff"
  | "SignOffBySystem"
  | "Verify"
  | "Reinstate";

/**
 * The life of an assignment on its day. A driver who is released in mid-duty is relieved: the work until then stays.
 * Verify and Reinstate are a person's word: the work counts, and the driver did come.
 */
export const assignmentMoves: Moves<AssignmentState, AssignmentOrder> = {
  assigned: { ReportLate: "late", SignOn: "signed-on", Release: "released" },
  late: { ReportMissed: "missed", SignOn: "signed-on", Release: "released" },
  missed: { Reinstate: "late" },
  released: { Reinstate: "assigned" },
  "signed-on": {
    StartBreak: "on-break",
    SignOff: "signed-off",
    SignOffBySystem: "signed-off-by-system",
    Release: "relieved",
  },
  "on-break": {
    EndBreak: "signed-on",
    SignOff: "signed-off",
    SignOffBySystem: "signed-off-by-system",
    Release: "relieved",
  },
  relieved: { Verify: "verified" },
  "signed-off": { Verify: "verified" },
  "signed-off-by-system": { SignOff: "signed-off", Verify: "verified" },
  verified: { Verify: "verified" },
};

export const moveAssignment = mover("assignment", assignmentMoves);

/** A break from work; `ends` is null while it lasts. */
export type Break = { readonly starts: Instant; readonly ends: Instant | null };

export type Assignment = {
  readonly id: AssignmentId;
  readonly driver: DriverId;
  readonly state: AssignmentState;
  readonly assignedAt: Instant;
  readonly signedOn: Instant | null;
  readonly breaks: readonly Break[];
  /** When the driver left, by the driver's word or a person's; null where only the system knows that it must have been. */
  readonly signedOff: Instant | null;
  /** The driver's own sign-off, also where a person's took its place or was there before; null while there is none. */
  readonly ownSignOff: Instant | null;
  /** Until when the work counts, once the driver has left. */
  readonly countsUntil: Instant | null;
  readonly workedMinutes: number | null;
  /** A person must look at the worked time before it counts for good. */
  readonly needsReview: boolean;
  /** Who has looked at the worked time; null while nobody has. */
  readonly verified: Settled | null;
  /** What else the driver works around it, each from the sign-on until when it counts. */
  readonly elsewhere: readonly Interval[];
};

/** Who has settled something, and when; named as the audit trail names people and machines. */
export type Settled = { readonly by: string; readonly at: Instant };

export const assigned = (id: AssignmentId, driver: DriverId, at: Instant): Assignment => ({
  id,
  driver,
  state: "assigned",
  assignedAt: at,
  signedOn: null,
  breaks: [],
  signedOff: null,
  ownSignOff: null,
  countsUntil: null,
  workedMinutes: null,
  needsReview: false,
  verified: null,
  elsewhere: [],
});

type InState = Pick<Assignment, "state">;

/** Is awaited for sign-on. */
export const isExpected = ({ state }: InState): boolean => state === "assigned" || state === "late";

export const isUnderWay = ({ state }: InState): boolean => state === "signed-on" || state === "on-break";

/** Has the duty: is awaited, or is at work. */
export const isStanding = (assignment: InState): boolean => isExpected(assignment) || isUnderWay(assignment);
