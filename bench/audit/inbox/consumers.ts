import type { ServiceName } from "../databases.ts";

/** Who hears what: written down here beside the services, so that one that turns deaf is noticed. */
export type Listener = {
  /** As the inbox knows it: the service that hears, and of whom. */
  readonly name: `${ServiceName}.${ServiceName}`;
  readonly hearer: ServiceName;
  readonly source: ServiceName;
  readonly types: readonly string[];
};

const listener = (hearer: ServiceName, source: ServiceName, types: readonly string[]): Listener => ({
  name: `${hearer}.${source}`,
  hearer,
  source,
  types,
});

const duties = ["DutyPlanned", "DutyChanged", "DutyWithdrawn"];
const assignments = ["DutyAssigned", "DutyReleased"];
const swaps = ["SwapRequested", "SwapAccepted", "SwapDeclined", "SwapCancelled", "SwapExpired", "SwapApproved"];

export const listeners: readonly Listener[] = [
  listener("iam", "hr", ["EmployeeHired", "EmployeeMoved", "EmployeeTerminated"]),
  listener("hr", "dispatch", ["DriverMissed"]),
  listener("scheduling", "hr", [
    "DepotOpened",
    "EmployeeHired",
    "EmployeeMoved",
    "EmployeeTerminated",
    "ContractChanged",
    "QualificationGranted",
    "AbsenceApproved",
    "AbsenceCancelled",
  ]),
  listener("scheduling", "planning", duties),
  listener("scheduling", "dispatch", ["DriverSignedOn", "DriverSignedOff", "DutyCancelled", "DutyReactivated"]),
  listener("dispatch", "hr", ["DepotOpened", "EmployeeHired", "EmployeeMoved"]),
  listener("dispatch", "planning", duties),
  listener("dispatch", "scheduling", assignments),
  listener("overtime", "hr", ["DepotOpened", "EmployeeHired", "EmployeeMoved", "ContractChanged"]),
  listener("overtime", "dispatch", ["WorkedTimeRecorded"]),
  listener("accounting", "hr", ["DepotOpened", "ContractChanged"]),
  listener("accounting", "planning", duties),
  listener("accounting", "overtime", ["WorkedDayCalculated"]),
  listener("notification", "planning", ["DutyChanged"]),
  listener("notification", "scheduling", [...assignments, ...swaps]),
  listener("reporting", "hr", ["EmployeeHired"]),
  listener("reporting", "planning", duties),
  listener("reporting", "scheduling", assignments),
  listener("reporting", "dispatch", [
    "DayActivated",
    "DriverSignedOn",
    "DriverLate",
    "DriverMissed",
    "BreakStarted",
    "BreakEnded",
    "DriverSignedOff",
    "WorkedTimeRecorded",
    "WorkedTimeVerified",
    "ReplacementPicked",
    "DutyCancelled",
    "DutyReactivated",
  ]),
  listener("reporting", "overtime", ["WorkedDayCalculated"]),
];
