import type { Instant } from "@headway/kernel/clock";
import { denied } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { isBefore, Temporal } from "@headway/kernel/time";
import type { Assignment, AssignmentState } from "./assignment.ts";
import { endBreak, startBreak } from "./break.ts";
import { assignmentOf, type Duty } from "./duty.ts";
import { andThen, type DutyDecision } from "./events.ts";
import { keepTime } from "./keep-time.ts";
import { ownAssignment } from "./match-signing.ts";
import { signOff } from "./sign-off.ts";
import { signOn } from "./sign-on.ts";
import type { Signing, SigningKind, SigningMatch } from "./signing.ts";
import { lateAt } from "./windows.ts";
import { minuteOf } from "./worked-time.ts";

export type SigningDecision = {
  readonly decision: DutyDecision;
  readonly assignment: AssignmentId;
  readonly match: SigningMatch;
};

/**
 * A driver signs on a duty. First the clock decides what was due before, so that a signing means the same whenever it
 * arrives. Orphaned where the driver lost the duty or was never there; refused as `signOn`, `signOff`, `startBreak` and
 * `endBreak` say, and with `assignment.not-yours` where the driver never had the duty.
 */
export const takeSigning = (duty: Duty, signing: Signing): SigningDecision => {
  const kept = keepTime(duty, signing.at);
  const own = ownAssignment(kept.next, signing);
  if (!own) throw denied("assignment.not-yours", "This duty is another driver's.");
  if (orphans[signing.kind].includes(own.state)) return { decision: kept, assignment: own.id, match: "orphaned" };
  const decision = andThen(kept, (current) => sign[signing.kind](current, own.id, signing.at));
  return {
    decision,
    assignment: own.id,
    match: matchOf(decision.next, assignmentOf(decision.next, own.id), signing),
  };
};

type Sign = (duty: Duty, assignment: AssignmentId, at: Instant) => DutyDecision;

export const sign: Record<SigningKind, Sign> = {
  "sign-on": signOn,
  "sign-off": signOff,
  "start-break": startBreak,
  "end-break": endBreak,
};

const lost: readonly AssignmentState[] = ["missed", "released", "relieved"];
const neverThere: readonly AssignmentState[] = ["assigned", "late", ...lost];

/** In which states a signing is kept for a person, and not refused: the driver did come, and cannot mend it. */
const orphans: Record<SigningKind, readonly AssignmentState[]> = {
  "sign-on": lost,
  // What a person has verified stands until a person corrects it.
  "sign-off": [...neverThere, "verified"],
  "start-break": neverThere,
  "end-break": neverThere,
};

/** How a signing lies against the plan, once it is taken. */
export const matchOf = (duty: Duty, { assignedAt, needsReview }: Assignment, { kind, at }: Signing): SigningMatch => {
  const { plan } = duty;
  if (kind === "sign-on")
    return isBefore(at, plan.starts) ? "early" : isBefore(at, lateAt(duty, assignedAt)) ? "matched" : "late";
  if (kind !== "sign-off") return "matched";
  if (Temporal.Instant.compare(minuteOf(at), minuteOf(plan.ends)) < 0) return "early";
  return needsReview ? "late" : "matched";
};
