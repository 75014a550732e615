import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId } from "@headway/kernel/ids";
import { moveAssignment } from "./assignment.ts";
import { assignmentOf, type Duty, withAssignment } from "./duty.ts";
import { type DutyDecision, happened } from "./events.ts";
import { mustFollow } from "./sign-off.ts";

/** The driver rests. Refused with `assignment.<state>`, or `signing.out-of-order` before what was signed last. */
export const startBreak = (duty: Duty, id: AssignmentId, at: Instant): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "StartBreak");
  mustFollow(assignment, at);
  const resting = { ...assignment, state, breaks: [...assignment.breaks, { starts: at, ends: null }] };
  return happened(withAssignment(duty, resting), {
    type: "BreakStarted",
    at,
    assignment: id,
    driver: assignment.driver,
  });
};

/** The driver is back at work. Refused like `startBreak`. */
export const endBreak = (duty: Duty, id: AssignmentId, at: Instant): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "EndBreak");
  mustFollow(assignment, at);
  const breaks = assignment.breaks.map((rest) => ({ ...rest, ends: rest.ends ?? at }));
  const back = { ...assignment, state, breaks };
  return happened(withAssignment(duty, back), { type: "BreakEnded", at, assignment: id, driver: assignment.driver });
};
