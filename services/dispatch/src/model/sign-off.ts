import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { isBefore, later } from "@headway/kernel/time";
import { type Assignment, isUnderWay, moveAssignment } from "./assignment.ts";
import { assignmentOf, type Duty, moveDuty, withAssignment } from "./duty.ts";
import { nextWork } from "./elsewhere.ts";
import { andThen, type DutyDecision, happened } from "./events.ts";
import { leavesRestBefore } from "./windows.ts";
import { countedEnd, plannedEnd, workedTime } from "./worked-time.ts";

/**
 * The driver goes home; long before the planned end they are relieved, for the rest of the duty is there to be worked.
 * Takes the place of the system's sign-off where that came first.
 * Refused with `assignment.<state>`, or `signing.out-of-order` before what the driver signed last.
 */
export const signOff = (duty: Duty, id: AssignmentId, at: Instant): DutyDecision => {
  const assignment = assignmentOf(duty, id);
  const state = moveAssignment(assignment.state, "SignOff");
  mustFollow(assignment, at);
  if (isUnderWay(assignment) && isBefore(at, leavesRestBefore(duty)))
    return relieve(duty, { ...assignment, ownSignOff: at }, at);
  const { ends, needsReview } = countedEnd(duty.plan, at, duty.windows.overrun, nextWork(assignment));
  const done = { ...duty, state: moveDuty(duty.state, "Complete") };
  return finish(done, { ...assignment, state, signedOff: at, ownSignOff: at, needsReview }, { at, ends, by: "driver" });
};

/** Nobody signed off in time: the planned end counts until a person has looked. */
export const signOffBySystem = (duty: Duty, assignment: Assignment, at: Instant): DutyDecision => {
  const state = moveAssignment(assignment.state, "SignOffBySystem");
  const done = { ...duty, state: moveDuty(duty.state, "Complete") };
  const ends = plannedEnd(duty.plan, nextWork(assignment));
  return finish(done, { ...assignment, state, needsReview: true }, { at, ends, by: "system" });
};

/** The driver leaves in mid-duty, or is taken off, and is paid until then; the duty goes on without one. */
export const relieve = (duty: Duty, assignment: Assignment, at: Instant): DutyDecision => {
  const state = moveAssignment(assignment.state, "Release");
  const off = later(at, lastSigned(assignment) ?? at);
  const { ends, needsReview } = countedEnd(duty.plan, off, duty.windows.overrun, nextWork(assignment));
  return finish(duty, { ...assignment, state, signedOff: off, needsReview }, { at: off, ends, by: "relief" });
};

/** Refused with `signing.out-of-order`: a driver's signings follow each other. */
export const mustFollow = (assignment: Assignment, at: Instant): void => {
  const last = lastSigned(assignment);
  if (last && isBefore(at, last))
    throw conflict("signing.out-of-order", `${at} lies before ${last}, the driver's last signing on this duty.`);
};

const lastSigned = ({ signedOn, breaks }: Assignment): Instant | null => {
  const last = breaks.at(-1);
  return last?.ends ?? last?.starts ?? signedOn;
};

type End = { readonly at: Instant; readonly ends: Instant; readonly by: "driver" | "system" | "relief" };

const finish = (duty: Duty, left: Assignment, { at, ends, by }: End): DutyDecision => {
  const { id: assignment, driver, signedOn, breaks, needsReview } = left;
  const worked = workedTime(duty.plan, { on: signedOn ?? at, off: ends, breaks });
  const after = withAssignment(duty, { ...left, countsUntil: ends, workedMinutes: worked.minutes });
  return andThen(happened(after, { type: "DriverSignedOff", at, assignment, driver, by }), (next) =>
    happened(next, { type: "WorkedTimeRecorded", at, assignment, driver, worked, needsReview }),
  );
};
