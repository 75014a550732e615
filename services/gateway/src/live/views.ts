import type { Topic, TopicEvents } from "@headway/contracts/topic";
import type {
  accountingTopic,
  dispatchTopic,
  hrTopic,
  iamTopic,
  notificationTopic,
  overtimeTopic,
  planningTopic,
  schedulingTopic,
} from "@headway/contracts/topics";
import type { Role } from "@headway/service/caller";

/** The ids by which a screen finds out what to fetch anew. */
type Ids = {
  readonly depotId?: string;
  readonly serviceDate?: string;
  readonly dutyId?: string;
  readonly assignmentId?: string;
  readonly driverId?: string;
  readonly rosterId?: string;
  readonly swapId?: string;
  readonly noticeId?: string;
  readonly absenceId?: string;
  readonly payPeriodId?: string;
};

/** What of an event is told live, and whom it may concern. */
export type View = {
  readonly ids: Ids;
  /** Who sees it on the console, in the event's depot; where it names none, only those who hold the role in all depots. */
  readonly roles: readonly Role[];
  /** True where no depot is meant at all: the role anywhere is enough. */
  readonly everywhere: boolean;
  /** The employees whose own it is. */
  readonly owners: readonly string[];
};

/** Every event type of a topic, the untold ones too: a new one does not compile until somebody has decided. */
export type Views<T extends Topic> = {
  readonly [Type in keyof TopicEvents<T>]: (event: TopicEvents<T>[Type]) => View | null;
};

const untold = () => null;

const boardRoles: readonly Role[] = ["dispatcher", "planner", "auditor", "admin"];
const rosterRoles: readonly Role[] = ["dispatcher", "planner", "hr", "auditor", "admin"];
const swapRoles: readonly Role[] = ["dispatcher", "admin"];
const absenceRoles: readonly Role[] = ["dispatcher", "planner", "hr", "auditor", "admin"];
const payRoles: readonly Role[] = ["payroll", "auditor", "admin"];

const view = (roles: readonly Role[], ids: Ids, owners: readonly string[] = []): View => ({
  // Protobuf says nothing with an empty text.
  ids: Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== "")),
  roles,
  everywhere: false,
  owners,
});

type OfDay = { readonly depotId: string; readonly serviceDate: string };
type OfDriver = OfDay & { readonly dutyId: string; readonly assignmentId: string; readonly driverId: string };

const ofDay = ({ depotId, serviceDate }: OfDay): View => view(boardRoles, { depotId, serviceDate });
const ofDuty = ({ depotId, serviceDate, dutyId }: OfDay & { readonly dutyId: string }): View =>
  view(boardRoles, { depotId, serviceDate, dutyId });
const ofDriver = ({ depotId, serviceDate, dutyId, assignmentId, driverId }: OfDriver): View =>
  view(boardRoles, { depotId, serviceDate, dutyId, assignmentId, driverId }, [driverId]);
const ofSigning = ({ depotId, serviceDate, driverId }: OfDay & { readonly driverId: string }): View =>
  view(boardRoles, { depotId, serviceDate, driverId }, [driverId]);

export const dispatchViews: Views<typeof dispatchTopic> = {
  DayActivated: ofDay,
  DriverSignedOn: ofDriver,
  DriverLate: ofDriver,
  DriverMissed: ofDriver,
  BreakStarted: ofDriver,
  BreakEnded: ofDriver,
  DriverSignedOff: ofDriver,
  WorkedTimeRecorded: ofDriver,
  WorkedTimeVerified: ofDriver,
  ReplacementPicked: ofDriver,
  DutyCancelled: ofDuty,
  DutyReactivated: ofDuty,
  SigningOrphaned: ofSigning,
  SigningMatched: ofDriver,
  SigningDismissed: ofSigning,
};

type OfSwap = {
  readonly swapId: string;
  readonly depotId: string;
  readonly requestedBy: string;
  readonly requestedOf: string;
};
const ofSwap = ({ swapId, depotId, requestedBy, requestedOf }: OfSwap): View =>
  view(swapRoles, { depotId, swapId }, [requestedBy, requestedOf]);

export const schedulingViews: Views<typeof schedulingTopic> = {
  RosterPublished: ({ rosterId, depotId }) => view(rosterRoles, { rosterId, depotId }),
  // A publication tells itself once, as RosterPublished, and each driver by a notice.
  DutyAssigned: ({ byPublication, rosterId, ...event }) => {
    if (byPublication) return null;
    const { ids, owners } = ofDriver(event);
    return view(rosterRoles, { ...ids, rosterId }, owners);
  },
  DutyReleased: ({ rosterId, ...event }) => {
    const { ids, owners } = ofDriver(event);
    return view(rosterRoles, { ...ids, rosterId }, owners);
  },
  SwapRequested: ofSwap,
  SwapAccepted: ofSwap,
  SwapDeclined: ofSwap,
  SwapCancelled: ofSwap,
  SwapExpired: ofSwap,
  SwapApproved: ofSwap,
};

export const planningViews: Views<typeof planningTopic> = {
  // A plan is made by the thousand, and whoever makes it waits for the answer.
  DutyPlanned: untold,
  DutyChanged: ({ duty }) =>
    duty ? ofDuty({ depotId: duty.depotId, serviceDate: duty.serviceDate, dutyId: duty.id }) : null,
  DutyWithdrawn: ofDuty,
};

type OfAbsence = { readonly absenceId: string; readonly employeeId: string; readonly depotId: string };
const ofAbsence = ({ absenceId, employeeId, depotId }: OfAbsence): View =>
  view(absenceRoles, { absenceId, depotId, driverId: employeeId }, [employeeId]);

export const hrViews: Views<typeof hrTopic> = {
  DepotOpened: untold,
  EmployeeHired: untold,
  EmployeeMoved: untold,
  EmployeeTerminated: untold,
  ContractChanged: untold,
  QualificationGranted: untold,
  QualificationExpired: untold,
  AbsenceRequested: ofAbsence,
  AbsenceApproved: ofAbsence,
  AbsenceDenied: ofAbsence,
  AbsenceCancelled: ofAbsence,
};

export const overtimeViews: Views<typeof overtimeTopic> = {
  WorkedDayCalculated: ({ driverId, depotId, serviceDate }) =>
    view(payRoles, { driverId, depotId, serviceDate }, [driverId]),
};

const ofPayPeriod = ({ payPeriodId }: { readonly payPeriodId: string }): View => ({
  ...view(payRoles, { payPeriodId }),
  everywhere: true,
});

export const accountingViews: Views<typeof accountingTopic> = {
  PayPeriodOpened: ofPayPeriod,
  PayPeriodFrozen: ofPayPeriod,
  PayPeriodThawed: ofPayPeriod,
  PayrollCalculated: ofPayPeriod,
  PayrollExported: ofPayPeriod,
  PayPeriodClosed: ofPayPeriod,
};

export const notificationViews: Views<typeof notificationTopic> = {
  NoticeDelivered: ({ noticeId, employeeId }) => view([], { noticeId }, [employeeId]),
  NoticeAcknowledged: ({ noticeId, employeeId }) => view([], { noticeId }, [employeeId]),
};

/** Sessions and roles are the door's business, not the screens'. */
export const iamViews: Views<typeof iamTopic> = {
  UserCreated: untold,
  UserDisabled: untold,
  RoleGranted: untold,
  RoleRevoked: untold,
  SessionRevoked: untold,
  ServiceAccountCreated: untold,
  ServiceAccountRevoked: untold,
};
