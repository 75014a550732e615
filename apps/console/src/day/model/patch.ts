import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import type { BoardDuty } from "./duty.ts";
import type { DutyState } from "./duty-state.ts";

export type DayBoard = components["schemas"]["DayBoard"];
export type DayDuty = components["schemas"]["DayDuty"];
export type DayAssignment = components["schemas"]["DayAssignment"];

const states: Record<DayAssignment["state"], DutyState> = {
  assigned: "covered",
  late: "late",
  "signed-on": "on-duty",
  "on-break": "on-break",
  "signed-off": "done",
  "needs-review": "needs-review",
  verified: "done",
  missed: "missed",
  released: "open",
};

const standing: readonly DayAssignment["state"][] = ["assigned", "late", "signed-on", "on-break"];

/** Who has a duty: is awaited, or is at work. */
export const holderOf = ({ assignments }: DayDuty): DayAssignment | undefined =>
  assignments.find(({ state }) => standing.includes(state));

/** What a person must look at: Headway signed off where `signedOffAt` is null, the driver much later than planned where it is not. */
export const needingReview = ({ assignments }: DayDuty): DayAssignment | undefined =>
  assignments.findLast(({ state }) => state === "needs-review");

/** Of two tellings of a duty the newer: answers overtake each other on their way. */
export const newerDuty = (known: DayDuty | undefined, told: DayDuty): DayDuty =>
  known !== undefined && known.version > told.version ? known : told;

/** A board's duty as its owner tells it now: the read model may hear of the same event later than this page. */
export const patchDuty = (duty: BoardDuty, fresh: DayDuty, changedAt: string): BoardDuty => {
  const newest = fresh.assignments.at(-1);
  const state = stateOf(fresh, newest);
  const holder = state === "open" || state === "missed" || state === "cancelled" ? null : (newest ?? null);
  const missed = fresh.assignments.findLast((assignment) => assignment.state === "missed");
  return {
    ...duty,
    starts: fresh.starts,
    ends: fresh.ends,
    state,
    driverId: holder?.driverId ?? null,
    driverNumber: holder?.driverNumber ?? null,
    driverName: holder?.driverName ?? null,
    signedOnAt: holder?.signedOnAt ?? null,
    signedOffAt: holder?.signedOffAt ?? null,
    missedById: missed?.driverId ?? null,
    missedByName: missed?.driverName ?? null,
    cancelCause: fresh.cancelCause,
    // A device without a network tells late: what it tells lies before what was known, and is newer all the same.
    changedAt: isBefore(changedAt, duty.changedAt) ? duty.changedAt : changedAt,
    // A break that goes on began when it began, whatever else becomes of the duty meanwhile.
    breakSince: state === "on-break" ? (duty.breakSince ?? changedAt) : null,
  };
};

const stateOf = ({ state, open }: DayDuty, newest: DayAssignment | undefined): DutyState => {
  if (state === "cancelled") return "cancelled";
  // Somebody relieved in mid-duty has signed off, but the rest of the duty is nobody's.
  if (newest === undefined || open) return newest?.state === "missed" ? "missed" : "open";
  return states[newest.state];
};

/** A fetched board, but with the rows in `fresh` kept as they stand here unless the read model tells of a later change. */
export const keepFresh = (fetched: DayBoard, held: DayBoard | undefined, fresh: ReadonlySet<string>): DayBoard => {
  if (held === undefined || fresh.size === 0) return fetched;
  const kept = new Map(held.duties.filter(({ dutyId }) => fresh.has(dutyId)).map((duty) => [duty.dutyId, duty]));
  const newer = (duty: BoardDuty): BoardDuty => {
    const here = kept.get(duty.dutyId);
    return here === undefined || isBefore(here.changedAt, duty.changedAt) ? duty : here;
  };
  return { ...fetched, duties: fetched.duties.map(newer) };
};

/** The duties that a person would see differ between two boards. */
export const changedDuties = (before: DayBoard, after: DayBoard): readonly string[] => {
  const known = new Map(before.duties.map((duty) => [duty.dutyId, duty]));
  return after.duties.filter((duty) => looksDifferent(known.get(duty.dutyId), duty)).map(({ dutyId }) => dutyId);
};

const looksDifferent = (before: BoardDuty | undefined, after: BoardDuty): boolean =>
  before !== after &&
  (before === undefined ||
    before.state !== after.state ||
    before.driverId !== after.driverId ||
    !sameMoment(before.signedOnAt, after.signedOnAt) ||
    !sameMoment(before.signedOffAt, after.signedOffAt) ||
    !sameMoment(before.starts, after.starts) ||
    !sameMoment(before.ends, after.ends));

/** What never changed is older than anything that did. */
const isBefore = (a: string | null, b: string | null): boolean =>
  b !== null && (a === null || Date.parse(a) < Date.parse(b));

const sameMoment = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b));
