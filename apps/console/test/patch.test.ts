import { describe, expect, it } from "vitest";
import { changedDuties, keepFresh, patchDuty } from "../src/day/model/patch.ts";
import { assignment, at, board, fresh, held } from "./told-duty.ts";

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

  it("rests since its break began, whatever else becomes of it meanwhile", () => {
    const resting = patchDuty(held, fresh([assignment("on-break")]), "2026-11-21T08:00:00Z");
    expect(resting.breakSince).toBe("2026-11-21T08:00:00Z");
    const changed = patchDuty(resting, fresh([assignment("on-break")]), "2026-11-21T08:20:00Z");
    expect(changed).toMatchObject({ breakSince: "2026-11-21T08:00:00Z", changedAt: "2026-11-21T08:20:00Z" });
    expect(patchDuty(changed, fresh([assignment("signed-on")]), "2026-11-21T08:30:00Z").breakSince).toBeNull();
  });

  it("is cancelled whoever had it", () => {
    const cancelled = fresh([assignment("released")], { state: "cancelled", cancelCause: "no-vehicle" });
    expect(patchDuty(held, cancelled, at)).toMatchObject({ state: "cancelled", cancelCause: "no-vehicle" });
  });
});

describe("a board fetched again", () => {
  const patched = board({ ...held, state: "on-duty" as const });

  it("does not take back what its owner has told a moment ago", () => {
    expect(keepFresh(board(held), patched, new Set(["1"]))).toEqual(patched);
    expect(keepFresh(board(held), patched, new Set())).toEqual(board(held));
  });

  it("tells of what became of a duty after its owner told of it", () => {
    const told = board(patchDuty(held, fresh([assignment("signed-on")]), "2026-11-21T12:00:00Z"));
    const earlier = board({ ...held, state: "late", changedAt: "2026-11-21T11:59:55.123456Z" });
    const later = board({ ...held, state: "on-break", changedAt: "2026-11-21T12:00:05Z" });
    expect(keepFresh(earlier, told, new Set(["1"]))).toEqual(told);
    expect(keepFresh(later, told, new Set(["1"]))).toEqual(later);
  });

  it("does not take back a signing that its device told of late", () => {
    const late = board({ ...held, state: "late", changedAt: "2026-11-21T05:05:00Z" });
    const signed = late.duties.map((duty) => patchDuty(duty, fresh([assignment("signed-on")]), "2026-11-21T05:04:00Z"));
    expect(keepFresh(late, { ...late, duties: signed }, new Set(["1"])).duties).toMatchObject([{ state: "on-duty" }]);
  });

  it("names the duties that look different, and only those", () => {
    expect(changedDuties(board(held), patched)).toEqual(["1"]);
    expect(changedDuties(board(held), board({ ...held, starts: "2026-11-21T05:00:00.000Z" }))).toEqual([]);
  });
});
