import {
  PayPeriodClosedSchema,
  PayPeriodFrozenSchema,
  PayPeriodOpenedSchema,
  PayPeriodThawedSchema,
  PayrollCalculatedSchema,
  PayrollExportedSchema,
} from "../gen/headway/accounting/v1/events_pb.js";
import {
  BreakEndedSchema,
  BreakStartedSchema,
  DayActivatedSchema,
  DriverLateSchema,
  DriverMissedSchema,
  DriverSignedOffSchema,
  DriverSignedOnSchema,
  DutyCancelledSchema,
  DutyReactivatedSchema,
  ReplacementPickedSchema,
  SigningDismissedSchema,
  SigningMatchedSchema,
  SigningOrphanedSchema,
  WorkedTimeRecordedSchema,
  WorkedTimeVerifiedSchema,
} from "../gen/headway/dispatch/v1/events_pb.js";
import {
  AbsenceApprovedSchema,
  AbsenceCancelledSchema,
  AbsenceDeniedSchema,
  AbsenceRequestedSchema,
  ContractChangedSchema,
  DepotOpenedSchema,
  EmployeeHiredSchema,
  EmployeeMovedSchema,
  EmployeeTerminatedSchema,
  QualificationExpiredSchema,
  QualificationGrantedSchema,
} from "../gen/headway/hr/v1/events_pb.js";
import {
  RoleGrantedSchema,
  RoleRevokedSchema,
  ServiceAccountCreatedSchema,
  ServiceAccountRevokedSchema,
  SessionRevokedSchema,
  UserCreatedSchema,
  UserDisabledSchema,
} from "../gen/headway/iam/v1/events_pb.js";
import { NoticeAcknowledgedSchema, NoticeDeliveredSchema } from "../gen/headway/notification/v1/events_pb.js";
import { WorkedDayCalculatedSchema } from "../gen/headway/overtime/v1/events_pb.js";
import { DutyChangedSchema, DutyPlannedSchema, DutyWithdrawnSchema } from "../gen/headway/planning/v1/events_pb.js";
import {
  DutyAssignedSchema,
  DutyReleasedSchema,
  RosterPublishedSchema,
  SwapAcceptedSchema,
  SwapApprovedSchema,
  SwapCancelledSchema,
  SwapDeclinedSchema,
  SwapExpiredSchema,
  SwapRequestedSchema,
} from "../gen/headway/scheduling/v1/events_pb.js";
import { topic } from "./topic.ts";

export const iamTopic = topic("iam", {
  UserCreated: UserCreatedSchema,
  UserDisabled: UserDisabledSchema,
  RoleGranted: RoleGrantedSchema,
  RoleRevoked: RoleRevokedSchema,
  SessionRevoked: SessionRevokedSchema,
  ServiceAccountCreated: ServiceAccountCreatedSchema,
  ServiceAccountRevoked: ServiceAccountRevokedSchema,
});

export const hrTopic = topic("hr", {
  DepotOpened: DepotOpenedSchema,
  EmployeeHired: EmployeeHiredSchema,
  EmployeeMoved: EmployeeMovedSchema,
  EmployeeTerminated: EmployeeTerminatedSchema,
  ContractChanged: ContractChangedSchema,
  QualificationGranted: QualificationGrantedSchema,
  QualificationExpired: QualificationExpiredSchema,
  AbsenceRequested: AbsenceRequestedSchema,
  AbsenceApproved: AbsenceApprovedSchema,
  AbsenceDenied: AbsenceDeniedSchema,
  AbsenceCancelled: AbsenceCancelledSchema,
});

export const planningTopic = topic("planning", {
  DutyPlanned: DutyPlannedSchema,
  DutyChanged: DutyChangedSchema,
  DutyWithdrawn: DutyWithdrawnSchema,
});

export const schedulingTopic = topic("scheduling", {
  RosterPublished: RosterPublishedSchema,
  DutyAssigned: DutyAssignedSchema,
  DutyReleased: DutyReleasedSchema,
  SwapRequested: SwapRequestedSchema,
  SwapAccepted: SwapAcceptedSchema,
  SwapDeclined: SwapDeclinedSchema,
  SwapCancelled: SwapCancelledSchema,
  SwapExpired: SwapExpiredSchema,
  SwapApproved: SwapApprovedSchema,
});

export const dispatchTopic = topic("dispatch", {
  DayActivated: DayActivatedSchema,
  DriverSignedOn: DriverSignedOnSchema,
  DriverLate: DriverLateSchema,
  DriverMissed: DriverMissedSchema,
  BreakStarted: BreakStartedSchema,
  BreakEnded: BreakEndedSchema,
  DriverSignedOff: DriverSignedOffSchema,
  WorkedTimeRecorded: WorkedTimeRecordedSchema,
  WorkedTimeVerified: WorkedTimeVerifiedSchema,
  ReplacementPicked: ReplacementPickedSchema,
  DutyCancelled: DutyCancelledSchema,
  DutyReactivated: DutyReactivatedSchema,
  SigningOrphaned: SigningOrphanedSchema,
  SigningMatched: SigningMatchedSchema,
  SigningDismissed: SigningDismissedSchema,
});

export const overtimeTopic = topic("overtime", {
  WorkedDayCalculated: WorkedDayCalculatedSchema,
});

export const accountingTopic = topic("accounting", {
  PayPeriodOpened: PayPeriodOpenedSchema,
  PayPeriodFrozen: PayPeriodFrozenSchema,
  PayPeriodThawed: PayPeriodThawedSchema,
  PayrollCalculated: PayrollCalculatedSchema,
  PayrollExported: PayrollExportedSchema,
  PayPeriodClosed: PayPeriodClosedSchema,
});

export const notificationTopic = topic("notification", {
  NoticeDelivered: NoticeDeliveredSchema,
  NoticeAcknowledged: NoticeAcknowledgedSchema,
});

/** Every topic of Headway. */
export const topics = [
  iamTopic,
  hrTopic,
  planningTopic,
  schedulingTopic,
  dispatchTopic,
  overtimeTopic,
  accountingTopic,
  notificationTopic,
] as const;
