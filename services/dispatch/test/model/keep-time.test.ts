import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepTime } from "../../src/model/keep-time.ts";
import { takeSigning } from "../../src/model/take-signing.ts";
import { aDuty, anAssignment, aSigning, at, factsOf, stateOf } from "./given.ts";

const keep = (time: string, duty = aDuty()) => keepTime(duty, at(time));

describe("the clock", () => {
  test.each([
    ["05:04:59", ["published", "assigned"], []],
    ["05:05", ["published", "late"], [["DriverLate", "05:05:00"]]],
    ["05:19:59", ["published", "late"], [["DriverLate", "05:05:00"]]],
    [
      "05:20",
      ["published", "missed"],
      [
        ["DriverLate", "05:05:00"],
        ["DriverMissed", "05:20:00"],
      ],
    ],
    [
      "23:00",
      ["published", "missed"],
      [
        ["DriverLate", "05:05:00"],
        ["DriverMissed", "05:20:00"],
      ],
    ],
  ])("at %s has decided on who is awaited", (time, state, facts) => {
    const decision = keep(time);
    expect([stateOf(decision.next), factsOf(decision)]).toEqual([state, facts]);
  });

  test("signs off who forgot to, at the planned end, for a person to look at", () => {
    const forgot = aDuty({
      state: "in-progress",
      assignments: [anAssignment({ state: "signed-on", signedOn: at("04:55") })],
    });
    expect(keep("16:59:59", forgot).event).toEqual([]);
    const decision = keep("20:00", forgot);
    expect(factsOf(decision)).toEqual([
      ["DriverSignedOff", "17:00:00"],
      ["WorkedTimeRecorded", "17:00:00"],
    ]);
    expect(decision.next.assignments[0]).toMatchObject({
      state: "signed-off-by-system",
      workedMinutes: 360,
      needsReview: true,
      signedOff: null,
    });
  });

  test("leaves alone who is done", () => {
    for (const state of ["missed", "released", "relieved", "signed-off", "signed-off-by-system"] as const) {
      const duty = aDuty({ assignments: [anAssignment({ state })] });
      expect(keep("23:59", duty)).toEqual({ next: duty, event: [] });
    }
  });

  test("the driver's own sign-off takes the place of the system's", () => {
    const forgot = aDuty({
      state: "in-progress",
      assignments: [anAssignment({ state: "signed-on", signedOn: at("05:00") })],
    });
    const { decision } = takeSigning(keep("18:00", forgot).next, aSigning("sign-off", at("12:40")));
    expect(stateOf(decision.next)).toEqual(["completed", "signed-off"]);
    expect(decision.next.assignments[0]).toMatchObject({ workedMinutes: 340, needsReview: false });
  });

  test("however often it is looked at, the same facts come of it", () => {
    const minutes = fc.integer({ min: -60, max: 900 });
    fc.assert(
      fc.property(fc.array(minutes), fc.option(fc.integer({ min: -30, max: 19 })), (looks, signsOn) => {
        const start = aDuty().plan.starts;
        const signed =
          signsOn === null
            ? aDuty()
            : takeSigning(aDuty(), aSigning("sign-on", start.add({ minutes: signsOn }))).decision.next;
        const last = start.add({ minutes: 900 });
        const once = keepTime(signed, last);
        const often = [...looks.toSorted((a, b) => a - b).map((look) => start.add({ minutes: look })), last].reduce(
          ({ next, event }, look) => {
            const step = keepTime(next, look);
            return { next: step.next, event: [...event, ...step.event] };
          },
          { next: signed, event: [] as readonly (typeof once.event)[number][] },
        );
        expect(often).toEqual(once);
      }),
    );
  });
});
