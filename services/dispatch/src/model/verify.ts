import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { isBefore } from "@headway/kernel/time";
import { type Assignment, moveAssignment, type Settled } from "./assignment.ts";
import { assignmentOf, type Duty, withAssignment } from "./duty.ts";
import { nextWork } from "./elsewhere.ts";
import { andThen, type DutyDecision, happened } from "./events.ts";
import { mustFollow } from "./sign-off.ts";
import { notInFuture } from "./signing.ts";
import { systemSignsOffAt } from "./windows.ts";
import { workedTime } from "./worked-time.ts";

/**
 * A person has looked at what a driver worked: it counts until `signedOff`, or for null until when it counts already.
 * Verified again it is corrected. Refused with `assignment.<state>` where the driver has not left a duty, and a sign-off
 * with `signing.in-future`, `signing.out-of-order` before what the driver signed last, `signing.too-late` after the
 * system would have signed off, or `driver.at-work` after the driver's next work began.
 */
export const verify = (duty: Duty, id: AssignmentId, signedOff: Instant | null, verified: Settled): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "Verify");
  if (signedOff) mustBeSignedOff(duty, assignment, notInFuture(signedOff, verified.at));
  const ends = signedOff ?? assignment.countsUntil ?? duty.plan.ends;
  const { driver, signedOn, breaks } = assignment;
  const worked = workedTime(duty.plan, { on: signedOn ?? ends, off: ends, breaks });
  const counted = { signedOff: ends, countsUntil: ends, workedMinutes: worked.minutes, needsReview: false };
  const seen = { ...assignment, ...counted, state, verified };
  const { at } = verified;
  return andThen(
    happened(withAssignment(duty, seen), { type: "WorkedTimeVerified", at, assignment: id, driver, signedOff: ends }),
    (next) => happened(next, { type: "WorkedTimeRecorded", at, assignment: id, driver, worked, needsReview: false }),
  );
};

const mustBeSignedOff = (duty: Duty, assignment: Assignment, at: Instant): void => {
  mustFollow(assignment, at);
  const latest = systemSignsOffAt(duty);
  if (isBefore(latest, at))
    throw conflict("signing.too-late", `A sign-off counts until ${latest}, when the system signs off; ${at} is later.`);
  const next = nextWork(assignment);
  if (next && isBefore(next, at))
    throw conflict("driver.at-work", `The driver was at work elsewhere from ${next} on; ${at} is later.`);
};
