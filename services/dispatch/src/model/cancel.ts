import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import { type Assignment, isExpected, isUnderWay, moveAssignment } from "./assignment.ts";
import { type Cancellation, type Duty, moveDuty } from "./duty.ts";
import { type DutyDecision, happened } from "./events.ts";
import { mustNotBeOver } from "./plan.ts";

/**
 * The duty, or the rest of it, does not run, and who was awaited for it is free. Refused with `duty.in-progress` while a
 * driver is at work on it, with `duty.<state>` where it does not run.
 */
export const cancel = (duty: Duty, cancelled: Cancellation, at: Instant): DutyDecision => {
  if (duty.assignments.some(isUnderWay)) throw conflict("duty.in-progress", "A driver is at work on this duty.");
  const state = moveDuty(duty.state, "Cancel");
  const assignments = duty.assignments.map((assignment) => (isExpected(assignment) ? release(assignment) : assignment));
  return happened({ ...duty, state, cancelled, assignments }, { type: "DutyCancelled", at, cause: cancelled.cause });
};

/** A withdrawn duty is in the timetable again. */
export const restore = (duty: Duty, at: Instant): DutyDecision =>
  happened({ ...duty, state: moveDuty(duty.state, "Reactivate"), cancelled: null }, { type: "DutyReactivated", at });

/**
 * The duty runs after all, with nobody on it. Refused with `duty.<state>` where it was not cancelled, `duty.withdrawn`
 * where planning took it back, and `duty.over` from its planned end on.
 */
export const reactivate = (duty: Duty, at: Instant): DutyDecision => {
  if (duty.cancelled?.by === "planning") throw conflict("duty.withdrawn", "This duty is no longer in the timetable.");
  mustNotBeOver(duty.plan, at);
  return restore(duty, at);
};

export const release = (assignment: Assignment): Assignment => ({
  ...assignment,
  state: moveAssignment(assignment.state, "Release"),
});
