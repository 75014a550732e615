import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { earlier, isBefore, later } from "@headway/kernel/time";
import { type Assignment, moveAssignment, type Settled } from "./assignment.ts";
import { assignmentOf, type Duty, withAssignment } from "./duty.ts";
import { nextWork } from "./elsewhere.ts";
import { andThen, type DutyDecision, happened } from "./events.ts";
import { mustFollow } from "./sign-off.ts";
import { notInFuture } from "./signing.ts";
import { type SigningOff, systemSignsOffAt } from "./windows.ts";
import { workedTime } from "./worked-time.ts";

/**
 * A person has looked at what a driver worked: it counts until `signedOff`, or for null until when it counts already.
 * Verified again it is corrected. Refused with `assignment.<state>` where the driver has not left a duty, and a sign-off
 * with `signing.in-future`, `signing.out-of-order` before what the driver signed last, `signing.too-late` after both
 * the system would have signed off and the driver did, or `driver.at-work` after the driver's next work began.
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

/** The latest sign-off that can be verified, which is not after the driver's next work began; null before the sign-on. */
export const verifiableUntil = (duty: SigningOff, assignment: Verifiable): Instant | null => {
  if (!assignment.signedOn) return null;
  const [latest, next] = [latestSignOff(duty, assignment), nextWork(assignment)];
  return next ? earlier(latest, next) : latest;
};

type Verifiable = Pick<Assignment, "signedOn" | "ownSignOff" | "elsewhere">;

/** Nobody forgets for longer than until the system signs off; who did not forget may have worked for longer. */
const latestSignOff = (duty: SigningOff, { ownSignOff }: Pick<Assignment, "ownSignOff">): Instant => {
  const bySystem = systemSignsOffAt(duty);
  return ownSignOff ? later(bySystem, ownSignOff) : bySystem;
};

const mustBeSignedOff = (duty: Duty, assignment: Assignment, at: Instant): void => {
  mustFollow(assignment, at);
  const latest = latestSignOff(duty, assignment);
  if (isBefore(latest, at))
    throw conflict("signing.too-late", `A sign-off counts until ${latest} at most; ${at} is later.`);
  const next = nextWork(assignment);
  if (next && isBefore(next, at))
    throw conflict("driver.at-work", `The driver was at work elsewhere from ${next} on; ${at} is later.`);
};
