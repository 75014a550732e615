import type { Instant } from "@headway/kernel/clock";
import { invalid } from "@headway/kernel/domain-error";
import {
  type DepotId,
  type EmployeeId,
  firstVersion,
  type Id,
  newId,
  nextVersion,
  type Version,
} from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { type Moves, mover } from "@headway/kernel/move";
import { dateAt, startOfDay } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Decision } from "@headway/kernel/tx";

export type AbsenceId = Id<"Absence">;
export type AbsenceKind = "vacation" | "sick" | "training" | "unpaid" | "no-show";
export type AbsenceState = "requested" | "approved" | "denied" | "cancelled";
export type DayPart = "full" | "morning" | "afternoon";

export type Absence = {
  readonly id: AbsenceId;
  readonly employee: EmployeeId;
  /** Where the person reports. */
  readonly depot: DepotId;
  readonly kind: AbsenceKind;
  readonly state: AbsenceState;
  /** Both included. */
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  readonly part: DayPart;
  readonly away: Interval;
  readonly version: Version;
};

export type AbsenceEvent = {
  readonly type: "AbsenceRequested" | "AbsenceApproved" | "AbsenceDenied" | "AbsenceCancelled";
  readonly absence: Absence;
};

/** `zone` is the depot's. */
export type NewAbsence = Pick<Absence, "employee" | "depot" | "kind" | "firstDay" | "lastDay" | "part"> & {
  readonly zone: string;
};
type NoShow = Pick<Absence, "employee" | "depot" | "away"> & { readonly zone: string };

type Order = "Approve" | "Deny" | "Cancel";

export const moves: Moves<AbsenceState, Order> = {
  requested: { Approve: "approved", Deny: "denied", Cancel: "cancelled" },
  approved: { Cancel: "cancelled" },
  denied: {},
  cancelled: {},
};

const moveState = mover("absence", moves);

const facts = { Approve: "AbsenceApproved", Deny: "AbsenceDenied", Cancel: "AbsenceCancelled" } as const;

export const requestAbsence = (wanted: NewAbsence): Decision<Absence, AbsenceEvent> => {
  const next = begin(wanted, "requested");
  return { next, event: { type: "AbsenceRequested", absence: next } };
};

/** An unplanned absence holds at once. */
export const reportAbsence = (reported: NewAbsence): Decision<Absence, AbsenceEvent> => {
  const next = begin(reported, "approved");
  return { next, event: { type: "AbsenceApproved", absence: next } };
};

/** A driver did not sign on: away for the time of the duty, no more and no less. */
export const noShow = ({ zone, away, ...whose }: NoShow): Decision<Absence, AbsenceEvent> => {
  const next: Absence = {
    ...whose,
    id: newId<AbsenceId>(),
    kind: "no-show",
    state: "approved",
    firstDay: dateAt(away.starts, zone),
    lastDay: dateAt(away.ends, zone),
    part: "full",
    away,
    version: firstVersion,
  };
  return { next, event: { type: "AbsenceApproved", absence: next } };
};

/** Refused with `absence.<state>` where the absence's state does not allow it. */
export const decideAbsence = (absence: Absence, order: Order): Decision<Absence, AbsenceEvent> => {
  const next = { ...absence, state: moveState(absence.state, order), version: nextVersion(absence.version) };
  return { next, event: { type: facts[order], absence: next } };
};

const begin = ({ zone, ...wanted }: NewAbsence, state: AbsenceState): Absence => ({
  ...wanted,
  id: newId<AbsenceId>(),
  state,
  away: intervalOf(wanted, zone),
  version: firstVersion,
});

/** Whole days run from midnight to midnight of the zone, half days meet at its noon. Refused with `absence.backwards` or `absence.half-of-many`. */
const intervalOf = (
  { firstDay, lastDay, part }: Pick<Absence, "firstDay" | "lastDay" | "part">,
  zone: string,
): Interval => {
  if (Temporal.PlainDate.compare(lastDay, firstDay) < 0)
    throw invalid("absence.backwards", `The absence cannot end on ${lastDay}, before it starts.`, { field: "lastDay" });
  if (part !== "full" && !firstDay.equals(lastDay))
    throw invalid("absence.half-of-many", "Half a day can only be taken of a single day.", { field: "part" });
  const noon: Instant = firstDay.toZonedDateTime({ timeZone: zone, plainTime: "12:00" }).toInstant();
  return {
    starts: part === "afternoon" ? noon : startOfDay(firstDay, zone),
    ends: part === "morning" ? noon : startOfDay(lastDay.add({ days: 1 }), zone),
  };
};
