import type { Instant } from "@headway/kernel/clock";
import { isBefore } from "@headway/kernel/time";
import { type Assignment, isExpected, isUnderWay, moveAssignment } from "./assignment.ts";
import { type Duty, withAssignment } from "./duty.ts";
import { andThen, type DutyDecision, happened, unchanged } from "./events.ts";
import { signOffBySystem } from "./sign-off.ts";
import { canCome, lateAt, missedAt, systemSignsOffAt } from "./windows.ts";

/** The instant at which the clock alone changes an assignment, or null where it never does. */
export const dueAt = (duty: Duty, assignment: Assignment): Instant | null => {
  if (isUnderWay(assignment)) return systemSignsOffAt(duty);
  if (!isExpected(assignment) || !canCome(duty, assignment.assignedAt)) return null;
  return (assignment.state === "assigned" ? lateAt : missedAt)(duty, assignment.assignedAt);
};

/**
 * Lets the clock have decided all that was due up to `until`, each at its own instant. Therefore it does not matter
 * when, or how often, somebody looks at the clock.
 */
export const keepTime = (duty: Duty, until: Instant): DutyDecision => {
  for (const assignment of duty.assignments) {
    const due = dueAt(duty, assignment);
    if (due && !isBefore(until, due)) return andThen(strike(duty, assignment, due), (next) => keepTime(next, until));
  }
  return unchanged(duty);
};

const strike = (duty: Duty, assignment: Assignment, at: Instant): DutyDecision => {
  const { id, driver, state } = assignment;
  if (isUnderWay(assignment)) return signOffBySystem(duty, assignment, at);
  const [order, type] =
    state === "assigned" ? (["ReportLate", "DriverLate"] as const) : (["ReportMissed", "DriverMissed"] as const);
  const next = withAssignment(duty, { ...assignment, state: moveAssignment(state, order) });
  return happened(next, { type, at, assignment: id, driver });
};
