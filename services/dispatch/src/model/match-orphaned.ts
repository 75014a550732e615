import { conflict } from "@headway/kernel/domain-error";
import type { AssignmentId } from "@headway/kernel/ids";
import { moveAssignment, type Settled } from "./assignment.ts";
import { assignmentOf, type Duty, holderOf, withAssignment } from "./duty.ts";
import { andThen, type DutyDecision } from "./events.ts";
import { keepTime } from "./keep-time.ts";
import { type OrphanedSigning, settle } from "./orphaned-signing.ts";
import { notInFuture, type Signing } from "./signing.ts";
import { matchOf, sign } from "./take-signing.ts";

export type MatchedDecision = { readonly orphan: OrphanedSigning; readonly decision: DutyDecision };

/**
 * A person says for which assignment of its driver an orphaned signing was: it counts there, at its own time. With a
 * sign-on, a missed or released assignment is the driver's again. Refused with `signing.matched` or `signing.dismissed`
 * where it is settled, `signing.other-driver`, `duty.covered` where another driver has the duty by now, and as the
 * signing itself would be.
 */
export const matchOrphaned = (
  duty: Duty,
  id: AssignmentId,
  orphan: OrphanedSigning,
  settled: Settled,
): MatchedDecision => {
  const next = settle(orphan, "Match", settled);
  const { signing: said } = orphan.taken;
  const signing = { ...said, at: notInFuture(said.at, settled.at) };
  mustBeTheirs(duty, id, signing);
  const decision = andThen(keepTime(duty, settled.at), (kept) =>
    sign[signing.kind](signing.kind === "sign-on" ? reinstate(kept, id) : kept, id, signing.at),
  );
  const match = matchOf(decision.next, assignmentOf(decision.next, id), signing);
  return { orphan: { ...next, taken: { signing: said, match, duty: duty.id, assignment: id } }, decision };
};

const mustBeTheirs = (duty: Duty, id: AssignmentId, { driver }: Signing): void => {
  if (assignmentOf(duty, id).driver !== driver)
    throw conflict("signing.other-driver", "This assignment is another driver's than the signing.");
};

/** The driver did come: who lost the duty has it again, unless somebody else has it. */
const reinstate = (duty: Duty, id: AssignmentId): Duty => {
  const assignment = assignmentOf(duty, id);
  if (assignment.state !== "missed" && assignment.state !== "released") return duty;
  if (holderOf(duty)) throw conflict("duty.covered", "Another driver has this duty by now.");
  return withAssignment(duty, { ...assignment, state: moveAssignment(assignment.state, "Reinstate") });
};
