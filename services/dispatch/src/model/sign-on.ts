import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { isBefore, minutesBetween } from "@headway/kernel/time";
import { moveAssignment } from "./assignment.ts";
import { assignmentOf, type Duty, moveDuty, withAssignment } from "./duty.ts";
import { mustBeFree } from "./elsewhere.ts";
import { type DutyDecision, happened } from "./events.ts";
import { mustNotBeOver } from "./plan.ts";
import { opensAt } from "./windows.ts";
import { minuteOf } from "./worked-time.ts";

/**
 * The driver of an assignment reports for the duty. Refused with `assignment.too-early` before the window opens,
 * with `duty.over` from the planned end on, with `driver.at-work` where the driver works elsewhere, with
 * `assignment.<state>` or `duty.<state>` where the state forbids it.
 */
export const signOn = (duty: Duty, id: AssignmentId, at: Instant): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "SignOn");
  const opens = opensAt(duty);
  if (isBefore(at, opens)) throw conflict("assignment.too-early", `Sign-on opens at ${opens}; ${at} is too early.`);
  mustNotBeOver(duty.plan, at);
  mustBeFree(assignment, at);
  const begun = withAssignment(
    { ...duty, state: moveDuty(duty.state, "Start") },
    { ...assignment, state, signedOn: at },
  );
  const minutesLate = minutesBetween(minuteOf(duty.plan.starts), minuteOf(at));
  return happened(begun, { type: "DriverSignedOn", at, assignment: id, driver: assignment.driver, minutesLate });
};
