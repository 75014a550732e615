import { describe, expect, test } from "vitest";
import { type AssignmentState, assignmentMoves } from "../../src/model/assignment.ts";
import { isOpen } from "../../src/model/duty.ts";
import { keepTime } from "../../src/model/keep-time.ts";
import { orders } from "../../src/model/match-signing.ts";
import { signOff } from "../../src/model/sign-off.ts";
import { mustBeSame, notInFuture, type SigningKind, signingKinds } from "../../src/model/signing.ts";
import { takeSigning } from "../../src/model/take-signing.ts";
import { aDuty, anAssignment, aSigning, at, factsOf, someAssignment, type someDriver, stateOf } from "./given.ts";

const take = (kind: SigningKind, time: string, duty = aDuty()) => takeSigning(duty, aSigning(kind, at(time)));
const underWay = (signedOn: string, over = {}) =>
  aDuty({ state: "in-progress", assignments: [anAssignment({ state: "signed-on", signedOn: at(signedOn), ...over })] });

describe("the sign-on window", () => {
  test.each([
    ["04:30", "early", ["DriverSignedOn"]],
    ["04:59:59", "early", ["DriverSignedOn"]],
    ["05:00", "matched", ["DriverSignedOn"]],
    ["05:04:59", "matched", ["DriverSignedOn"]],
    ["05:05", "late", ["DriverLate", "DriverSignedOn"]],
    ["05:19:59", "late", ["DriverLate", "DriverSignedOn"]],
    ["05:20", "orphaned", ["DriverLate", "DriverMissed"]],
    ["12:59", "orphaned", ["DriverLate", "DriverMissed"]],
  ])("at %s a sign-on is %s", (time, match, facts) => {
    const taken = take("sign-on", time);
    expect([taken.match, factsOf(taken.decision).map(([type]) => type)]).toEqual([match, facts]);
  });

  test("before it opens a sign-on is refused", () => {
    expect(() => take("sign-on", "04:29:59")).toThrow(expect.objectContaining({ slug: "assignment.too-early" }));
  });

  test("what the clock decides has its due instant as its time, not the signing's", () => {
    expect(factsOf(take("sign-on", "05:12:30").decision)).toEqual([
      ["DriverLate", "05:05:00"],
      ["DriverSignedOn", "05:12:30"],
    ]);
  });

  test("a driver called in at short notice has the time to come", () => {
    const calledIn = aDuty({ assignments: [anAssignment({ assignedAt: at("05:25") })] });
    expect(take("sign-on", "06:29", calledIn).match).toBe("matched");
    expect(take("sign-on", "06:30", calledIn).match).toBe("late");
    expect(take("sign-on", "06:45", calledIn).match).toBe("orphaned");
  });

  test("a day that is activated late makes nobody miss a duty before it", () => {
    expect(take("sign-on", "05:25", aDuty({ activatedAt: at("05:24") })).match).toBe("matched");
  });
});

describe("who goes home long before the planned end leaves the rest of the duty open", () => {
  test.each([
    ["05:00", "relieved", true, 0],
    ["09:10", "relieved", true, 180],
    ["12:29:59", "relieved", true, 329],
    ["12:30", "signed-off", false, 330],
  ])("at %s: %s", (time, state, open, workedMinutes) => {
    const { decision, match } = take("sign-off", time, underWay("05:00"));
    expect([match, stateOf(decision.next), isOpen(decision.next)]).toEqual([
      "early",
      [open ? "in-progress" : "completed", state],
      open,
    ]);
    expect(decision.next.assignments[0]).toMatchObject({ workedMinutes, ownSignOff: at(time), needsReview: false });
  });

  test("but where the system has signed off, the duty is over, and the time alone is the driver's", () => {
    const over = takeSigning(underWay("05:00"), aSigning("sign-off", at("09:10")));
    const system = keepTime(underWay("05:00"), at("17:00")).next;
    const taken = signOff(system, someAssignment, at("09:10"));
    expect(stateOf(taken.next)).toEqual(["completed", "signed-off"]);
    expect(taken.next.assignments[0]?.workedMinutes).toBe(over.decision.next.assignments[0]?.workedMinutes);
  });
});

describe("which signing is refused, which orphaned", () => {
  const states = Object.keys(assignmentMoves) as AssignmentState[];
  const orphaned: Record<SigningKind, AssignmentState[]> = {
    "sign-on": ["missed", "released", "relieved"],
    "sign-off": ["assigned", "late", "missed", "released", "relieved", "verified"],
    "start-break": ["assigned", "late", "missed", "released", "relieved"],
    "end-break": ["assigned", "late", "missed", "released", "relieved"],
  };
  const cases = signingKinds.flatMap((kind) => states.map((state) => ({ kind, state })));

  test.each(cases)("$kind when $state", ({ kind, state }) => {
    const signedOn = ["assigned", "late", "missed", "released"].includes(state) ? null : at("04:50");
    const duty = aDuty({
      state: signedOn ? "in-progress" : "published",
      assignments: [anAssignment({ state, signedOn })],
    });
    const attempt = () => take(kind, "05:01", duty).match;
    if (orphaned[kind].includes(state)) expect(attempt()).toBe("orphaned");
    else if (orders[kind] in assignmentMoves[state]) expect(["matched", "early"]).toContain(attempt());
    else expect(attempt).toThrow(expect.objectContaining({ slug: `assignment.${state}` }));
  });

  test("an orphaned signing leaves the assignment as it was", () => {
    const duty = aDuty({ assignments: [anAssignment({ state: "released" })] });
    expect(take("sign-on", "05:00", duty).decision).toEqual({ next: duty, event: [] });
  });

  test("who never had the duty is refused", () => {
    const others = aDuty({ assignments: [anAssignment({ driver: "d2" as typeof someDriver })] });
    expect(() => take("sign-on", "05:00", others)).toThrow(
      expect.objectContaining({ kind: "denied", slug: "assignment.not-yours" }),
    );
  });
});

describe("sign-off", () => {
  test.each([
    ["12:59:59", "early", 299, false],
    ["13:00:40", "matched", 300, false],
    ["13:15:59", "matched", 315, false],
    ["13:16", "late", 300, true],
    ["16:59:59", "late", 300, true],
    ["17:30", "late", 300, true],
  ])("at %s is %s and counts %d minutes", (time, match, minutes, needsReview) => {
    const taken = take("sign-off", time, underWay("06:00"));
    const [assignment] = taken.decision.next.assignments;
    expect([taken.match, assignment?.workedMinutes, assignment?.needsReview]).toEqual([match, minutes, needsReview]);
    expect(stateOf(taken.decision.next)).toEqual(["completed", "signed-off"]);
  });

  test("may not lie before what the driver signed last", () => {
    expect(() => take("sign-off", "05:59", underWay("06:00"))).toThrow(
      expect.objectContaining({ slug: "signing.out-of-order" }),
    );
    const rested = underWay("05:00", { breaks: [{ starts: at("06:00"), ends: at("06:30") }] });
    expect(() => take("sign-off", "06:29", rested)).toThrow(expect.objectContaining({ slug: "signing.out-of-order" }));
  });

  test("out of a break ends the break", () => {
    const resting = underWay("05:00", { state: "on-break", breaks: [{ starts: at("12:30"), ends: null }] });
    expect(take("sign-off", "13:00", resting).decision.next.assignments[0]?.workedMinutes).toBe(330);
  });
});

test("a break is taken and ended", () => {
  const resting = take("start-break", "06:00", underWay("05:00"));
  expect(stateOf(resting.decision.next)).toEqual(["in-progress", "on-break"]);
  const back = take("end-break", "06:20", resting.decision.next);
  expect(stateOf(back.decision.next)).toEqual(["in-progress", "signed-on"]);
  expect(back.decision.next.assignments[0]?.breaks).toEqual([{ starts: at("06:00"), ends: at("06:20") }]);
});

describe("a signing's own time", () => {
  test("a minute ahead is taken as now, more is refused", () => {
    expect(notInFuture(at("05:01"), at("05:00"))).toEqual(at("05:00"));
    expect(notInFuture(at("04:00"), at("05:00"))).toEqual(at("04:00"));
    expect(() => notInFuture(at("05:01:01"), at("05:00"))).toThrow(
      expect.objectContaining({ slug: "signing.in-future" }),
    );
  });

  test("an id stands for one signing", () => {
    const known = aSigning("sign-on", at("05:00"));
    expect(() => mustBeSame(known, { ...known, at: at("05:00") })).not.toThrow();
    for (const other of [
      { kind: "sign-off" as const },
      { at: at("05:01") },
      { driver: "d2" as typeof someDriver },
      { duty: aDuty().id },
    ])
      expect(() => mustBeSame(known, { ...known, ...other })).toThrow(
        expect.objectContaining({ slug: "signing.id-taken" }),
      );
  });
});
