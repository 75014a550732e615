import type { BoardDuty } from "../src/day/model/duty.ts";
import type { DayAssignment, DayBoard, DayDuty } from "../src/day/model/patch.ts";

export const at = "2026-11-21T05:00:00Z";

/** A duty of the board that somebody has, and nothing has become of. */
export const held: BoardDuty = {
  dutyId: "1",
  runId: "A-1",
  line: "A",
  driverId: "y",
  driverNumber: "10042",
  driverName: "Yusuf Demir",
  state: "covered",
  starts: at,
  ends: "2026-11-21T13:00:00Z",
  signedOnAt: null,
  signedOffAt: null,
  pieces: [],
  missedById: null,
  missedByName: null,
  cancelCause: null,
  changedAt: null,
  breakSince: null,
};

/** Yusuf on it, or another. */
export const assignment = (state: DayAssignment["state"], driver = "y"): DayAssignment => ({
  id: driver,
  driverId: driver,
  driverNumber: "10042",
  driverName: "Yusuf Demir",
  state,
  signedOnAt: state === "signed-on" ? at : null,
  signedOffAt: null,
  workedMinutes: 0,
  replacementReason: null,
  replacementNote: null,
  verifiedBy: null,
  verifiedAt: null,
  countsUntil: null,
  version: 2,
});

/** It as its owner tells it. */
export const fresh = (assignments: DayAssignment[], said: Partial<DayDuty> = {}): DayDuty => ({
  dutyId: "1",
  depotId: "d",
  serviceDate: "2026-11-21",
  runId: "A-1",
  line: "A",
  starts: held.starts,
  ends: held.ends,
  state: "in-progress",
  open: false,
  cancelCause: null,
  cancelNote: null,
  assignments,
  version: 2,
  ...said,
});

/** The board that it is on. */
export const board = (duty: BoardDuty): DayBoard => ({
  depotId: "d",
  serviceDate: "2026-11-21",
  activated: true,
  now: at,
  duties: [duty],
});
