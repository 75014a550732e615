import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { DepotId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { isBefore, type PlainDate, Temporal } from "@headway/kernel/time";

export type DutyState = "planned" | "cancelled" | "withdrawn";

/** The work of one driver on one service day. Planning owns it. */
export type DutyPlan = {
  readonly id: DutyId;
  readonly depot: DepotId;
  /** The service date: a duty that ends after midnight still belongs to it. */
  readonly date: PlainDate;
  /** Another service may have a run of the same name on the same date. */
  readonly service: string;
  readonly run: string;
  /** From report to clear, unpaid gaps between the pieces included. */
  readonly worked: Interval;
  /** Minutes of work, those gaps not included. */
  readonly work: number;
  /** The code a driver must be qualified for; null if anyone may. */
  readonly qualification: string | null;
};

/** A duty as planning tells it; `version` is planning's. */
export type PlannedDuty = DutyPlan & { readonly version: number };

/** A duty as the roster knows it. */
export type Duty = DutyPlan & {
  readonly state: DutyState;
  /** How many events of it this service has recorded. */
  readonly told: number;
};

/** Only a duty that takes place can be given to somebody. Refused with `duty.cancelled` or `duty.withdrawn`. */
export const mustTakePlace = ({ state, run, date }: Duty): void => {
  if (state !== "planned") throw conflict(`duty.${state}`, `Run ${run} on ${date} is ${state}.`);
};

/** From its end on: whoever is given it could only miss it. */
export const isOver = ({ worked }: Duty, now: Instant): boolean => !isBefore(now, worked.ends);

/** Refused with `duty.over`. */
export const mustNotBeOver = (duty: Duty, now: Instant): void => {
  if (isOver(duty, now)) throw conflict("duty.over", `This duty ended at ${duty.worked.ends}.`);
};

/** Whether somebody who holds the duty would notice the difference. */
export const differs = (known: DutyPlan, planned: DutyPlan): boolean =>
  !known.worked.starts.equals(planned.worked.starts) ||
  !known.worked.ends.equals(planned.worked.ends) ||
  !known.date.equals(planned.date) ||
  known.depot !== planned.depot ||
  known.work !== planned.work ||
  known.qualification !== planned.qualification;

/** Equals by service and run, which no two duties of a depot and a date share. */
export const byStart = (a: DutyPlan, b: DutyPlan): number =>
  Temporal.Instant.compare(a.worked.starts, b.worked.starts) || byText(a.service, b.service) || byText(a.run, b.run);

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
