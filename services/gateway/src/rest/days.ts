import {
  AssignmentState,
  DutyState,
  type DayAssignment as ProtoDayAssignment,
  type DayDuty as ProtoDayDuty,
} from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { CancelCause, PickReason } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Named, Names } from "../outbound/names.ts";
import { driverOf } from "./drivers.ts";
import { isoOf, isoOrNull, orNull, present } from "./wire.ts";

type Schemas = components["schemas"];

export const days = handlersOf<paths, Context>()({
  "POST /depots/{depotId}/days/{serviceDate}/activate": async ({ path, query, calls }) => {
    const { duties, open } = await calls.day.activateDay({ ...path, anyway: query.anyway ?? false });
    return ok({ ...path, duties, open });
  },
  "GET /depots/{depotId}/days/{serviceDate}/duties": async ({ path, calls, names }) => {
    const { duties } = await calls.day.listDay(path);
    const named = await names(duties.flatMap(driversOn));
    return ok({ items: duties.map((duty) => toDayDuty(duty, named)) });
  },
  "GET /day-duties/{dutyId}": async ({ path, calls, names }) => {
    const { duty } = await calls.day.getDuty(path);
    return ok(...(await answeredDuty(duty, names)));
  },
  "POST /day-duties/{dutyId}/replace": async ({ path, body, ifMatch, calls, names }) => {
    const { duty, driverId, leftOut } = await calls.day.replaceDriver({ ...path, ...body, expectedVersion: ifMatch });
    const stands = present(duty);
    const named = await names([...driversOn(stands), driverId, ...leftOut.map((passed) => passed.driverId)]);
    const passedOver = leftOut.map((passed) => ({ ...driverOf(passed.driverId, named), reason: passed.reason }));
    return ok(
      { duty: toDayDuty(stands, named), ...driverOf(driverId, named), leftOut: passedOver },
      { version: stands.version },
    );
  },
  "POST /day-duties/{dutyId}/cancel": async ({ path, body, ifMatch, calls, names }) => {
    const { duty } = await calls.day.cancelDuty({
      ...path,
      expectedVersion: ifMatch,
      cause: cancelCauses.toProto(body.cause),
      note: body.note ?? "",
    });
    return ok(...(await answeredDuty(duty, names)));
  },
  "POST /day-duties/{dutyId}/reactivate": async ({ path, ifMatch, calls, names }) => {
    const { duty } = await calls.day.reactivateDuty({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredDuty(duty, names)));
  },
});

export const driversOn = ({ assignments }: ProtoDayDuty): string[] => assignments.map(({ driverId }) => driverId);

export const answeredDuty = async (
  duty: ProtoDayDuty | undefined,
  names: Names,
): Promise<[Schemas["DayDuty"], { version: number }]> => {
  const stands = present(duty);
  return [toDayDuty(stands, await names(driversOn(stands))), { version: stands.version }];
};

const dutyStates = wordsOf<Schemas["DutyState"], DutyState>({
  published: DutyState.PUBLISHED,
  "in-progress": DutyState.IN_PROGRESS,
  completed: DutyState.COMPLETED,
  cancelled: DutyState.CANCELLED,
});
const assignmentStates = wordsOf<Schemas["AssignmentState"], AssignmentState>({
  assigned: AssignmentState.ASSIGNED,
  late: AssignmentState.LATE,
  "signed-on": AssignmentState.SIGNED_ON,
  "on-break": AssignmentState.ON_BREAK,
  "signed-off": AssignmentState.SIGNED_OFF,
  missed: AssignmentState.MISSED,
  released: AssignmentState.RELEASED,
  "needs-review": AssignmentState.NEEDS_REVIEW,
  verified: AssignmentState.VERIFIED,
});

const cancelCauses = wordsOf<Schemas["CancelCause"], CancelCause>({
  "no-driver": CancelCause.NO_DRIVER,
  "no-vehicle": CancelCause.NO_VEHICLE,
  disruption: CancelCause.DISRUPTION,
  "timetable-change": CancelCause.TIMETABLE_CHANGE,
  other: CancelCause.OTHER,
});
const pickReasons = wordsOf<Schemas["PickReason"], PickReason>({
  "first-in-order": PickReason.FIRST_IN_ORDER,
  "named-by-dispatcher": PickReason.NAMED_BY_DISPATCHER,
});

/** Null for a duty that runs. */
export const causeOrNull = (cause: CancelCause): Schemas["CancelCause"] | null =>
  cause === CancelCause.UNSPECIFIED ? null : cancelCauses.toWord(cause);

export const toDayDuty = (duty: ProtoDayDuty, names: ReadonlyMap<string, Named>): Schemas["DayDuty"] => ({
  dutyId: duty.dutyId,
  depotId: duty.depotId,
  serviceDate: duty.serviceDate,
  runId: duty.runId,
  line: duty.line,
  starts: isoOf(present(duty.starts)),
  ends: isoOf(present(duty.ends)),
  state: dutyStates.toWord(duty.state),
  open: duty.open,
  cancelCause: causeOrNull(duty.cancelCause),
  cancelNote: orNull(duty.cancelNote),
  assignments: duty.assignments.map((assignment) => toDayAssignment(assignment, names)),
  version: duty.version,
});

export const toDayAssignment = (
  assignment: ProtoDayAssignment,
  names: ReadonlyMap<string, Named>,
): Schemas["DayAssignment"] => ({
  id: assignment.id,
  ...driverOf(assignment.driverId, names),
  state: assignmentStates.toWord(assignment.state),
  signedOnAt: isoOrNull(assignment.signedOnAt),
  signedOffAt: isoOrNull(assignment.signedOffAt),
  workedMinutes: assignment.workedMinutes,
  replacementReason:
    assignment.replacementReason === PickReason.UNSPECIFIED ? null : pickReasons.toWord(assignment.replacementReason),
  replacementNote: orNull(assignment.replacementNote),
  verifiedBy: orNull(assignment.verifiedBy),
  verifiedAt: isoOrNull(assignment.verifiedAt),
  countsUntil: isoOrNull(assignment.countsUntil),
  version: assignment.version,
});
