import type { AssignmentId, DriverId } from "@headway/kernel/ids";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cancel, reactivate } from "../../src/model/cancel.ts";
import { holderOf } from "../../src/model/duty.ts";
import { activate, follow, type PlannedDuty, type RosteredAssignment } from "../../src/model/follow.ts";
import { takeSigning } from "../../src/model/take-signing.ts";
import { defaultWindows } from "../../src/model/windows.ts";
import { aDuty, anAssignment, aSigning, at, factsOf, type someDriver, stateOf } from "./given.ts";

const { id, depot, serviceDate, plan } = aDuty();
const planned: PlannedDuty = { id, depot, serviceDate, run: "1", line: "A", plan, withdrawn: false, at: at("01:00") };
const rostered = (index: number, releasedAt: string | null = null): RosteredAssignment => ({
  id: `a${index}` as AssignmentId,
  duty: id,
  driver: `d${index}` as DriverId,
  assignedAt: at("00:00"),
  releasedAt: releasedAt ? at(releasedAt) : null,
});
const followed = (duty = activate(planned, defaultWindows, at("02:00")), ...rest: RosteredAssignment[]) =>
  follow(duty, planned, rest);

describe("an activated duty follows the plan and the roster", () => {
  test("it is open without an assignment, covered with one", () => {
    expect(holderOf(followed().next)).toBeNull();
    expect(holderOf(followed(undefined, rostered(1)).next)?.driver).toBe("d1");
  });

  test("another driver takes the place of the first", () => {
    const first = followed(undefined, rostered(1)).next;
    expect(stateOf(followed(first, rostered(1, "03:00"), rostered(2)).next)).toEqual([
      "published",
      "released",
      "assigned",
    ]);
  });

  test("two at once cannot be: the last has it", () => {
    expect(stateOf(followed(undefined, rostered(1), rostered(2)).next)).toEqual(["published", "released", "assigned"]);
  });

  test("who missed the duty stays missed when the roster takes them off", () => {
    const missed = aDuty({ assignments: [anAssignment({ state: "missed" })] });
    expect(stateOf(followed(missed, rostered(1, "05:21")).next)).toEqual(["published", "missed"]);
  });

  test("who is taken off in mid-duty is relieved and paid until then, and the duty is open", () => {
    const underWay = takeSigning(aDuty(), aSigning("sign-on", at("05:00"))).decision.next;
    const relieved = followed(underWay, rostered(1, "07:30"));
    expect(stateOf(relieved.next)).toEqual(["in-progress", "relieved"]);
    expect(relieved.next.assignments[0]?.workedMinutes).toBe(150);
    expect(holderOf(relieved.next)).toBeNull();
    const next = followed(relieved.next, rostered(1, "07:30"), { ...rostered(2), assignedAt: at("07:30") }).next;
    const taken = takeSigning(next, aSigning("sign-on", at("07:45"), { driver: "d2" as typeof someDriver }));
    expect(stateOf(taken.decision.next)).toEqual(["in-progress", "relieved", "signed-on"]);
  });

  test("other times hold until it is completed", () => {
    const later = { ...planned, plan: { ...plan, ends: at("14:00") } };
    expect(follow(aDuty(), later, [rostered(1)]).next.plan.ends).toEqual(at("14:00"));
    const completed = aDuty({ state: "completed", assignments: [anAssignment({ state: "signed-off" })] });
    expect(follow(completed, later, [rostered(1)]).next).toBe(completed);
  });

  test("withdrawn it is cancelled, planned again it runs", () => {
    const withdrawn = follow(aDuty(), { ...planned, withdrawn: true }, [rostered(1, "03:00")]);
    expect([stateOf(withdrawn.next), factsOf(withdrawn)]).toEqual([
      ["cancelled", "released"],
      [["DutyCancelled", "01:00:00"]],
    ]);
    expect(() => reactivate(withdrawn.next, at("04:00"))).toThrow(expect.objectContaining({ slug: "duty.withdrawn" }));
    expect(stateOf(follow(withdrawn.next, planned, [rostered(1, "03:00")]).next)).toEqual(["published", "released"]);
  });

  test("what a dispatcher cancelled is not brought back by planning", () => {
    const cancelled = cancel(aDuty(), { by: "dispatcher", cause: "no-vehicle", note: null }, at("04:00")).next;
    expect(stateOf(followed(cancelled, rostered(1, "04:00")).next)).toEqual(["cancelled", "released"]);
  });

  test("the same news again changes nothing", () => {
    const duty = followed(undefined, rostered(1, "03:00"), rostered(2)).next;
    expect(followed(duty, rostered(1, "03:00"), rostered(2))).toEqual({ next: duty, event: [] });
  });
});

test("news before and after the activation, in any order, end in the same state", () => {
  const news = fc.record({
    released: fc.array(fc.boolean(), { maxLength: 4 }),
    ends: fc.constantFrom("12:00", "13:00", "14:00"),
    withdrawn: fc.boolean(),
    activatedAfter: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(news, ({ released, ends, withdrawn, activatedAfter }) => {
      const last = { ...planned, plan: { ...plan, ends: at(ends) }, withdrawn };
      const roster = released.map((gone, index) =>
        rostered(index + 1, gone || index < released.length - 1 ? "03:00" : null),
      );
      const steps = [
        ...roster.flatMap((_, index) => [
          { planned, rostered: [...roster.slice(0, index), rostered(index + 1)] },
          { planned, rostered: roster.slice(0, index + 1) },
        ]),
        { planned: last, rostered: roster },
      ];
      const seen = steps.slice(Math.min(activatedAfter, steps.length - 1));
      const first = seen[0] ?? { planned: last, rostered: roster };
      const end = seen.reduce(
        (duty, step) => follow(duty, step.planned, step.rostered).next,
        activate(first.planned, defaultWindows, at("02:00")),
      );
      const atOnce = follow(activate(last, defaultWindows, at("02:00")), last, roster).next;
      expect({ ...end, version: 0 }).toEqual({ ...atOnce, version: 0 });
    }),
  );
});

describe("a cancelled duty", () => {
  test("frees who was awaited, and runs again with nobody on it", () => {
    const cancelled = cancel(aDuty(), { by: "dispatcher", cause: "no-vehicle", note: null }, at("04:00"));
    expect(stateOf(cancelled.next)).toEqual(["cancelled", "released"]);
    expect(stateOf(reactivate(cancelled.next, at("04:10")).next)).toEqual(["published", "released"]);
    expect(() => reactivate(cancelled.next, at("13:00"))).toThrow(expect.objectContaining({ slug: "duty.over" }));
  });

  test("cannot be cancelled once a driver is on it", () => {
    const underWay = takeSigning(aDuty(), aSigning("sign-on", at("05:00"))).decision.next;
    expect(() => cancel(underWay, { by: "dispatcher", cause: "no-vehicle", note: null }, at("05:10"))).toThrow(
      expect.objectContaining({ slug: "duty.in-progress" }),
    );
  });
});
