import type { AbsenceEvent } from "./absence.ts";
import type { DepotOpened } from "./depot.ts";
import type { EmployeeEvent } from "./employee.ts";

/** Everything that hr tells. */
export type HrEvent = DepotOpened | EmployeeEvent | AbsenceEvent;
