import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DriverId } from "@headway/kernel/ids";

/** Where the driver whom dispatch spoke of last stands. */
export type Phase = "late" | "missed" | "on-duty" | "on-break" | "relieved" | "signed-off" | "needs-review";

export type Attendance = {
  readonly assignment: AssignmentId;
  readonly driver: DriverId;
  readonly phase: Phase;
  /** Null while they are not on a break. */
  readonly breakSince: Instant | null;
  readonly signedOn: Instant | null;
  readonly signedOff: Instant | null;
};

export type CancelCause = "no-driver" | "no-vehicle" | "disruption" | "timetable-change" | "other";

/** What dispatch has told of a duty. */
export type DutyDay = {
  /** The duty's version as dispatch counts it; 0 before the first fact. */
  readonly version: number;
  readonly attendance: Attendance | null;
  /** Who missed it last, if anybody did. */
  readonly missedBy: DriverId | null;
  /** Null while it runs. */
  readonly cancelCause: CancelCause | null;
  /** When the newest thing became of it. */
  readonly changedAt: Instant | null;
};

type OfDriver = { readonly assignment: AssignmentId; readonly driver: DriverId };

export type DayFact = { readonly version: number; readonly at: Instant } & (
  | ({ readonly type: "late" | "missed" | "signed-on" | "break-started" | "break-ended" | "picked" } & OfDriver)
  | ({ readonly type: "signed-off"; readonly by: "driver" | "system" | "relief" } & OfDriver)
  | ({ readonly type: "worked"; readonly needsReview: boolean } & OfDriver)
  | ({ readonly type: "verified"; readonly signedOff: Instant } & OfDriver)
  | { readonly type: "cancelled"; readonly cause: CancelCause }
  | { readonly type: "reactivated" }
);

export const quietDay: DutyDay = { version: 0, attendance: null, missedBy: null, cancelCause: null, changedAt: null };

/** A duty's day after one more fact of dispatch. Older facts change nothing. */
export const hearDay = (before: DutyDay, fact: DayFact): DutyDay => {
  if (fact.version < before.version) return before;
  const day = { ...before, version: fact.version, changedAt: fact.at };
  switch (fact.type) {
    case "late":
      return { ...day, attendance: awaited(fact, "late") };
    case "missed":
      return { ...day, attendance: awaited(fact, "missed"), missedBy: fact.driver };
    case "signed-on":
      return {
        ...day,
        attendance: { ...awaited(fact, "on-duty"), signedOn: fact.at },
        missedBy: cameAfterAll(day, fact) ? null : day.missedBy,
      };
    case "break-started":
      return { ...day, attendance: { ...inPhase(day, fact, "on-break"), breakSince: fact.at } };
    case "break-ended":
      return { ...day, attendance: inPhase(day, fact, "on-duty") };
    case "signed-off": {
      const attendance = inPhase(day, fact, leaving[fact.by]);
      // When a driver left whom Headway signed off, nobody knows.
      return { ...day, attendance: { ...attendance, signedOff: fact.by === "system" ? null : fact.at } };
    }
    case "worked":
      return { ...day, attendance: reviewed(day, fact) };
    case "verified": {
      const { attendance } = day;
      const isTheirs = attendance?.assignment === fact.assignment;
      return isTheirs ? { ...day, attendance: { ...attendance, signedOff: fact.signedOff } } : day;
    }
    case "cancelled":
      // Whoever was awaited is free, and who missed it still did; a duty with a driver at work is not cancelled.
      return { ...day, attendance: hasMissed(day) ? day.attendance : null, cancelCause: fact.cause };
    case "reactivated":
      return { ...day, cancelCause: null };
    case "picked":
      return day;
  }
};

const leaving = { driver: "signed-off", system: "needs-review", relief: "relieved" } as const;

const awaited = ({ assignment, driver }: OfDriver, phase: Phase): Attendance => ({
  assignment,
  driver,
  phase,
  breakSince: null,
  signedOn: null,
  signedOff: null,
});

const hasMissed = ({ attendance }: DutyDay): boolean => attendance?.phase === "missed";

const cameAfterAll = (day: DutyDay, { assignment }: OfDriver): boolean =>
  hasMissed(day) && day.attendance?.assignment === assignment;

const inPhase = ({ attendance }: DutyDay, fact: OfDriver, phase: Phase): Attendance =>
  attendance?.assignment === fact.assignment ? { ...attendance, phase, breakSince: null } : awaited(fact, phase);

const reviewed = ({ attendance }: DutyDay, fact: OfDriver & { needsReview: boolean }): Attendance | null => {
  const isOver = attendance?.phase === "signed-off" || attendance?.phase === "needs-review";
  if (!isOver || attendance.assignment !== fact.assignment) return attendance;
  return { ...attendance, phase: fact.needsReview ? "needs-review" : "signed-off" };
};
