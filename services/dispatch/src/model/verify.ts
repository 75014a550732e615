import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId } from "@headway/kernel/ids";
import { type Assignment, moveAssignment, type Settled } from "./assignment.ts";
import { assignmentOf, type Duty, withAssignment } from "./duty.ts";
import { andThen, type DutyDecision, happened } from "./events.ts";
import { mustFollow } from "./sign-off.ts";
import { notInFuture } from "./signing.ts";
import { workedTime } from "./worked-time.ts";

/**
 * A person has looked at what a driver worked: it counts until `signedOff`, or for null until when it counts already.
 * Verified again it is corrected. Refused with `assignment.<state>` where the driver has not left a duty, and a sign-off
 * with `signing.in-future`, or `signing.out-of-order` before what the driver signed last.
 */
export const verify = (duty: Duty, id: AssignmentId, signedOff: Instant | null, verified: Settled): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "Verify");
  if (signedOff) mustFollow(assignment, notInFuture(signedOff, verified.at));
  const ends = signedOff ?? countedUntil(duty, assignment);
  const { driver, signedOn, breaks } = assignment;
  const worked = workedTime(duty.plan, { on: signedOn ?? ends, off: ends, breaks });
  const seen = { ...assignment, state, signedOff: ends, workedMinutes: worked.minutes, needsReview: false, verified };
  const { at } = verified;
  return andThen(
    happened(withAssignment(duty, seen), { type: "WorkedTimeVerified", at, assignment: id, driver, signedOff: ends }),
    (next) => happened(next, { type: "WorkedTimeRecorded", at, assignment: id, driver, worked, needsReview: false }),
  );
};

// What needs review counts until the planned end (`countedEnd`); everything else as it was signed.
const countedUntil = ({ plan }: Duty, { needsReview, signedOff }: Assignment): Instant =>
  needsReview || !signedOff ? plan.ends : signedOff;
