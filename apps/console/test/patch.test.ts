import { describe, expect, it } from "vitest";
import type { BoardDuty } from "../src/day/model/duty.ts";
import { changedDuties, type DayAssignment, type DayDuty, keepFresh, patchDuty } from "../src/day/model/patch.ts";

const at = "2026-11-21T05:00:00Z";

const held: BoardDuty = {
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
};

const assignment = (state: DayAssignment["state"], driver = "y"): DayAssignment => ({
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
  version: 2,
});

const fresh = (assignments: DayAssignment[], said: Partial<DayDuty> = {}): DayDuty => ({
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

describe("a duty as its owner tells it", () => {
  it("is on duty once the driver has signed on", () => {
    expect(patchDuty(held, fresh([assignment("signed-on")]), at)).toMatchObject({
      state: "on-duty",
      signedOnAt: at,
      changedAt: at,
    });
  });

  it("is missed, by somebody, until another has it", () => {
    expect(patchDuty(held, fresh([assignment("missed")], { open: true }), at)).toMatchObject({
      state: "missed",
      driverId: null,
      missedById: "y",
    });
    expect(patchDuty(held, fresh([assignment("missed"), assignment("assigned", "m")]), at)).toMatchObject({
      state: "covered",
      driverId: "m",
      missedById: "y",
    });
  });

  it("is open when its driver was relieved in mid-duty", () => {
    expect(patchDuty(held, fresh([assignment("signed-off")], { open: true }), at)).toMatchObject({
      state: "open",
      driverId: null,
    });
  });

  it("is cancelled whoever had it", () => {
    const cancelled = fresh([assignment("released")], { state: "cancelled", cancelCause: "no-vehicle" });
    expect(patchDuty(held, cancelled, at)).toMatchObject({ state: "cancelled", cancelCause: "no-vehicle" });
  });
});

describe("a board fetched again", () => {
  const board = (duty: BoardDuty) => ({
    depotId: "d",
    serviceDate: "2026-11-21",
    activated: true,
    now: at,
    duties: [duty],
  });
  const patched = board({ ...held, state: "on-duty" as const });

  it("does not take back what its owner has told a moment ago", () => {
    expect(keepFresh(board(held), patched, new Set(["1"]))).toEqual(patched);
    expect(keepFresh(board(held), patched, new Set())).toEqual(board(held));
  });

  it("names the duties that look different, and only those", () => {
    expect(changedDuties(board(held), patched)).toEqual(["1"]);
    expect(changedDuties(board(held), board({ ...held, starts: "2026-11-21T05:00:00.000Z" }))).toEqual([]);
  });
});
