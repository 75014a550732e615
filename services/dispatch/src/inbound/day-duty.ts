import {
  AssignmentState as ProtoAssignmentState,
  DutyState as ProtoDutyState,
} from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Version } from "@headway/kernel/ids";
import type { AssignmentState } from "../model/assignment.ts";
import { type DutyState, isOpen } from "../model/duty.ts";
import type { DayAssignment, DayDuty } from "../outbound/day-queries.ts";
import { cancelCauses, pickReasons } from "../outbound/dispatch-events.ts";

export const toDayDuty = (duty: DayDuty) => ({
  dutyId: duty.id,
  depotId: duty.depot,
  serviceDate: duty.serviceDate,
  runId: duty.run,
  line: duty.line,
  starts: toTimestamp(duty.starts),
  ends: toTimestamp(duty.ends),
  state: dutyStates.toProto(duty.state),
  open: isOpen(duty),
  ...(duty.cancelled
    ? { cancelCause: cancelCauses.toProto(duty.cancelled.cause), cancelNote: duty.cancelled.note ?? "" }
    : {}),
  version: duty.version,
  assignments: duty.assignments.map((assignment) => ({
    ...toDayAssignment(assignment, duty.version),
    replacementNote: assignment.replacement?.note ?? "",
  })),
});

/** Without the dispatcher's note, which is not for the driver's own device. */
export const toDayAssignment = (assignment: DayAssignment, version: Version) => ({
  id: assignment.id,
  driverId: assignment.driver,
  state: assignment.needsReview ? ProtoAssignmentState.NEEDS_REVIEW : shownState(assignment.state),
  ...(assignment.signedOn ? { signedOnAt: toTimestamp(assignment.signedOn) } : {}),
  ...(assignment.signedOff ? { signedOffAt: toTimestamp(assignment.signedOff) } : {}),
  workedMinutes: assignment.workedMinutes ?? 0,
  version,
  ...(assignment.replacement ? { replacementReason: pickReasons.toProto(assignment.replacement.reason) } : {}),
  ...(assignment.verified
    ? { verifiedBy: assignment.verified.by, verifiedAt: toTimestamp(assignment.verified.at) }
    : {}),
  ...(assignment.verifiableUntil ? { countsUntil: toTimestamp(assignment.verifiableUntil) } : {}),
});

const dutyStates = wordsOf<DutyState, ProtoDutyState>({
  published: ProtoDutyState.PUBLISHED,
  "in-progress": ProtoDutyState.IN_PROGRESS,
  completed: ProtoDutyState.COMPLETED,
  cancelled: ProtoDutyState.CANCELLED,
});

// Not `wordsOf`: relieved shows as signed off, so it does not go back.
const assignmentStates: Record<AssignmentState, ProtoAssignmentState> = {
  assigned: ProtoAssignmentState.ASSIGNED,
  late: ProtoAssignmentState.LATE,
  missed: ProtoAssignmentState.MISSED,
  released: ProtoAssignmentState.RELEASED,
  "signed-on": ProtoAssignmentState.SIGNED_ON,
  "on-break": ProtoAssignmentState.ON_BREAK,
  relieved: ProtoAssignmentState.SIGNED_OFF,
  "signed-off": ProtoAssignmentState.SIGNED_OFF,
  "signed-off-by-system": ProtoAssignmentState.NEEDS_REVIEW,
  verified: ProtoAssignmentState.VERIFIED,
};

const shownState = (state: AssignmentState): ProtoAssignmentState => assignmentStates[state];
