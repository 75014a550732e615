import type { Instant } from "@headway/kernel/clock";
import type { DutyId } from "@headway/kernel/ids";
import { isBefore, type PlainDate } from "@headway/kernel/time";
import { type AssignmentState, isExpected, isUnderWay } from "./assignment.ts";

/** A duty that a driver has in the published roster. */
export type DriverDuty = {
  readonly duty: DutyId;
  readonly serviceDate: PlainDate;
  readonly ends: Instant;
  /** Null before its day is activated. */
  readonly state: AssignmentState | null;
};

/** Of a driver's duties by start: the one that they are on, else the first that they are awaited for and that is not over. */
export const nextDuty = (duties: readonly DriverDuty[], now: Instant): DriverDuty | null =>
  duties.find(({ state }) => state !== null && isUnderWay({ state })) ??
  duties.find(({ state, ends }) => isBefore(now, ends) && (state === null || isExpected({ state }))) ??
  null;
