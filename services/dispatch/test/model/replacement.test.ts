import type { AssignmentId, DriverId } from "@headway/kernel/ids";
import { describe, expect, test } from "vitest";
import { type AssignmentState, assignmentMoves } from "../../src/model/assignment.ts";
import type { Duty } from "../../src/model/duty.ts";
import {
  type Candidates,
  cover,
  pick as pickAt,
  type ReplacementId,
  type ReplacementWish,
  refuse,
} from "../../src/model/replacement.ts";
import { aDuty, anAssignment, at } from "./given.ts";

const driver = (id: string) => id as DriverId;
const candidates = {
  fit: ["d2", "d3", "d4"].map(driver),
  leftOut: [{ driver: driver("d9"), reason: "Rests 30 min too little." }],
};
const wish = (over = {}) => ({ id: "r1" as ReplacementId, driver: null, note: null, ...over });
const pick = (duty: Duty, wanted: ReplacementWish, said: Candidates, now = at("05:30")) =>
  pickAt(duty, wanted, said, now);
const open = aDuty({ assignments: [anAssignment({ state: "missed" })] });

describe("a pick", () => {
  test("is the first who may, with how many stood before and why they were left out", () => {
    expect(pick(open, wish(), candidates)).toMatchObject({
      state: "wanted",
      picks: ["d2", "d3", "d4"],
      insteadOf: "d1",
      passedOver: 1,
      reason: "first-in-order",
      note: null,
      leftOut: candidates.leftOut,
    });
  });

  test("is never who missed this very duty", () => {
    const { picks, leftOut } = pick(open, wish(), { ...candidates, fit: [driver("d1"), driver("d2")] });
    expect([picks, leftOut.at(-1)]).toEqual([["d2"], { driver: "d1", reason: "Missed this very duty." }]);
  });

  test("is whom the dispatcher names, for the dispatcher's reason", () => {
    expect(pick(open, wish({ driver: "d3", note: "lives next door" }), candidates)).toMatchObject({
      picks: ["d3"],
      passedOver: 2,
      reason: "named-by-dispatcher",
      note: "lives next door",
    });
  });

  test("is refused for a driver who may not, with the reason", () => {
    expect(() => pick(open, wish({ driver: "d9" }), candidates)).toThrow(
      expect.objectContaining({
        slug: "replacement.driver-unfit",
        findings: [expect.objectContaining({ message: "Rests 30 min too little." })],
      }),
    );
  });

  test("is refused when nobody may", () => {
    expect(() => pick(open, wish(), { ...candidates, fit: [] })).toThrow(
      expect.objectContaining({ slug: "replacement.nobody-fit" }),
    );
  });

  const standing: AssignmentState[] = ["assigned", "late", "signed-on", "on-break"];
  test.each(Object.keys(assignmentMoves) as AssignmentState[])("for a duty whose driver is %s", (state) => {
    const attempt = () => pick(aDuty({ assignments: [anAssignment({ state })] }), wish(), candidates);
    if (standing.includes(state)) expect(attempt).toThrow(expect.objectContaining({ slug: "duty.covered" }));
    else expect(attempt().insteadOf).toBe(state === "missed" ? "d1" : null);
  });

  test.each(["completed", "cancelled"] as const)("is refused for a duty that is %s", (state) => {
    expect(() => pick({ ...open, state }, wish(), candidates)).toThrow(
      expect.objectContaining({ slug: `duty.${state}` }),
    );
  });
});

test("a pick is refused from the planned end on, and not before", () => {
  expect(() => pick(open, wish(), candidates, at("13:00"))).toThrow(expect.objectContaining({ slug: "duty.over" }));
  expect(pick(open, wish(), candidates, at("12:59:59")).state).toBe("wanted");
});

describe("the roster's answer", () => {
  const wanted = pick(open, wish(), candidates);
  const busy = { kind: "conflict" as const, slug: "driver.busy", message: "Works elsewhere." };

  test("yes covers", () => {
    expect(cover(wanted, "a2" as AssignmentId)).toMatchObject({ state: "covered", assignment: "a2" });
  });

  test("no goes on to the next, and fails after the last", () => {
    const second = refuse(wanted, busy);
    expect(second).toMatchObject({ state: "wanted", picks: ["d3", "d4"], passedOver: 2 });
    expect(second.leftOut.at(-1)).toEqual({ driver: "d2", reason: "Works elsewhere." });
    expect(refuse(refuse(second, busy), busy)).toMatchObject({ state: "failed", picks: [], failure: "driver.busy" });
  });

  test("no because of the duty fails at once", () => {
    expect(refuse(wanted, { ...busy, slug: "duty.taken", message: "Taken." })).toMatchObject({
      state: "failed",
      failure: "duty.taken",
    });
  });
});
