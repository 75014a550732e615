import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, firstVersion } from "@headway/kernel/ids";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import { type Assignment, assigned, isUnderWay } from "./assignment.ts";
import { cancel, release, restore } from "./cancel.ts";
import { type Duty, holderOf, runs, withAssignment } from "./duty.ts";
import { andThen, changed, type DutyDecision, unchanged } from "./events.ts";
import type { Plan } from "./plan.ts";
import { relieve } from "./sign-off.ts";
import type { Windows } from "./windows.ts";

/** What planning last said of a duty, and when. */
export type PlannedDuty = {
  readonly id: DutyId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly run: string;
  readonly line: string;
  readonly plan: Plan;
  readonly withdrawn: boolean;
  readonly at: Instant;
};

/** A driver on a duty of the roster. */
export type Rostered = { readonly id: AssignmentId; readonly duty: DutyId; readonly driver: DriverId };

/** What scheduling last said of an assignment. */
export type RosteredAssignment = Rostered & {
  readonly assignedAt: Instant;
  readonly releasedAt: Instant | null;
};

/** A planned duty at the moment of its activation; one that was withdrawn before is made too, so that the order does not matter. */
export const activate = (
  { id, depot, serviceDate, plan, withdrawn }: PlannedDuty,
  windows: Windows,
  at: Instant,
): Duty => ({
  id,
  depot,
  serviceDate,
  plan,
  windows,
  activatedAt: at,
  state: withdrawn ? "cancelled" : "published",
  cancelled: withdrawn ? byPlanning : null,
  assignments: [],
  version: firstVersion,
});

const byPlanning = { by: "planning", cause: "timetable-change", note: null } as const;

/**
 * Brings an activated duty in line with what planning and scheduling say now, whatever it was before: news in any
 * order, before or after the activation, end in the same state. What has already happened on the day stays.
 */
export const follow = (duty: Duty, planned: PlannedDuty, rostered: readonly RosteredAssignment[]): DutyDecision =>
  andThen(followPlan(duty, planned), (next) => followRoster(next, rostered));

/** The roster's half. `rostered` comes in the order of assigning; only the last can hold the duty. */
export const followRoster = (duty: Duty, rostered: readonly RosteredAssignment[]): DutyDecision =>
  rostered.reduce(
    (decision, assignment) => andThen(decision, (next) => followOne(next, assignment, assignment === rostered.at(-1))),
    unchanged(duty),
  );

const followPlan = (duty: Duty, planned: PlannedDuty): DutyDecision => {
  if (duty.state === "completed") return unchanged(duty);
  const { plan } = planned;
  const moved = samePlan(duty.plan, plan) ? unchanged(duty) : changed({ ...duty, plan });
  if (planned.withdrawn && duty.state === "published")
    return andThen(moved, (next) => cancel(next, byPlanning, planned.at));
  if (!planned.withdrawn && duty.cancelled?.by === "planning")
    return andThen(moved, (next) => restore(next, planned.at));
  return moved;
};

const followOne = (duty: Duty, rostered: RosteredAssignment, isLast: boolean): DutyDecision => {
  const known = duty.assignments.find(({ id }) => id === rostered.id);
  const holds = isLast && rostered.releasedAt === null && runs(duty);
  if (!known) return join(duty, rostered, holds);
  return holds ? unchanged(duty) : leave(duty, known, rostered.releasedAt);
};

/** Whoever takes over relieves who is still there, such as one whom a person has put back on the duty. */
const join = (duty: Duty, { id, driver, assignedAt }: RosteredAssignment, holds: boolean): DutyDecision => {
  const fresh = assigned(id, driver, assignedAt);
  const holder = holderOf(duty);
  const left = holds && holder ? leave(duty, holder, assignedAt) : unchanged(duty);
  return andThen(left, (next) =>
    changed({ ...next, assignments: [...next.assignments, holds ? fresh : release(fresh)] }),
  );
};

/** Ends an assignment that the roster no longer has. One that is over stays as it ended; one under way needs the roster's word. */
const leave = (duty: Duty, known: Assignment, at: Instant | null): DutyDecision => {
  if (known.state === "assigned" || known.state === "late") return changed(withAssignment(duty, release(known)));
  return isUnderWay(known) && at ? relieve(duty, known, at) : unchanged(duty);
};

const samePlan = (a: Plan, b: Plan): boolean =>
  sameInterval(a, b) &&
  a.pieces.length === b.pieces.length &&
  a.pieces.every((piece, index) => sameInterval(piece, b.pieces[index] ?? piece));

const sameInterval = (a: { starts: Instant; ends: Instant }, b: { starts: Instant; ends: Instant }): boolean =>
  Temporal.Instant.compare(a.starts, b.starts) === 0 && Temporal.Instant.compare(a.ends, b.ends) === 0;
