import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DayFact } from "../../src/model/duty-day.ts";
import type { RosterFact } from "../../src/model/holding.ts";
import {
  assigned,
  at,
  barAfter,
  day,
  type Fact,
  facts,
  hear,
  nothing,
  type PlanFact,
  released,
  type Said,
  type Told,
} from "./given.ts";

const bar = (told: Told) => barAfter(facts(told).reduce(hear, nothing));
const held = { roster: [assigned(1)] };
const lost = { roster: [assigned(1), released(1)] };
const covered = { roster: [assigned(1), released(1), assigned(2, 20)] };

describe("what the board shows of a duty", () => {
  test.each([
    ["nobody has it", {}, "open", null],
    ["somebody has it", held, "covered", "d1"],
    ["they lost it", lost, "open", null],
    ["they are late", { ...held, day: day(["late"]) }, "late", "d1"],
    ["they were late and lost it", { ...lost, day: day(["late"]) }, "open", null],
    ["they were late and another has it", { ...covered, day: day(["late"]) }, "covered", "d2"],
    ["they missed it", { ...held, day: day(["late"], ["missed"]) }, "missed", null],
    ["they missed it and lost it", { ...lost, day: day(["late"], ["missed"]) }, "missed", null],
    [
      "they missed it and another has it",
      { ...covered, day: day(["late"], ["missed"], ["picked", 2]) },
      "covered",
      "d2",
    ],
    ["the other is late too", { ...covered, day: day(["missed"], ["late", 2]) }, "late", "d2"],
    ["they signed on", { ...held, day: day(["late"], ["signed-on"]) }, "on-duty", "d1"],
    ["they rest", { ...held, day: day(["signed-on"], ["break-started"]) }, "on-break", "d1"],
    ["they are back", { ...held, day: day(["signed-on"], ["break-started"], ["break-ended"]) }, "on-duty", "d1"],
    ["they were relieved", { ...lost, day: day(["signed-on"], ["signed-off", 1, { by: "relief" }]) }, "open", null],
    [
      "another relieves them",
      { ...covered, day: day(["signed-on"], ["signed-off", 1, { by: "relief" }]) },
      "covered",
      "d2",
    ],
    ["they went home", { ...held, day: day(["signed-on"], ["signed-off", 1, { by: "driver" }]) }, "done", "d1"],
    [
      "the system signed them off",
      { ...held, day: day(["signed-on"], ["signed-off", 1, { by: "system" }]) },
      "needs-review",
      "d1",
    ],
    [
      "their time is odd",
      { ...held, day: day(["signed-off", 1, { by: "driver" }], ["worked", 1, { needsReview: true }]) },
      "needs-review",
      "d1",
    ],
    [
      "their time is right after all",
      { ...held, day: day(["signed-off", 1, { by: "system" }], ["worked", 1, { needsReview: false }]) },
      "done",
      "d1",
    ],
    ["they came after all", { ...lost, day: day(["late"], ["missed"], ["signed-on"]) }, "on-duty", "d1"],
    ["it was cancelled", { ...held, day: day(["late"], ["cancelled", 1, { cause: "no-vehicle" }]) }, "cancelled", null],
    [
      "it runs after all",
      { ...lost, day: day(["late"], ["cancelled", 1, { cause: "no-vehicle" }], ["reactivated"]) },
      "open",
      null,
    ],
    [
      "it runs after all, and was missed before",
      { ...lost, day: day(["missed"], ["cancelled", 1, { cause: "no-driver" }], ["reactivated"]) },
      "missed",
      null,
    ],
    [
      "it was withdrawn on its day",
      { plan: ["planned", "withdrawn"], day: day(["cancelled", 1, { cause: "timetable-change" }]) },
      "cancelled",
      null,
    ],
    [
      "it was withdrawn under way",
      { plan: ["planned", "withdrawn"], ...held, day: day(["signed-on"]) },
      "on-duty",
      "d1",
    ],
    ["it was withdrawn and planned again", { plan: ["planned", "withdrawn", "planned"] }, "open", null],
  ] as const)("when %s", (_, told, state, driver) => {
    expect(bar(told)).toEqual({ state, driver });
  });

  test("nothing of a duty that was withdrawn before its day began", () => {
    expect(bar({ plan: ["planned", "withdrawn"], ...lost })).toBeNull();
  });
});

/** Facts as a duty's life can make them, with the turns in which the three services are heard. */
const lives = fc
  .array(
    fc.record({
      does: fc.constantFrom(
        "plan",
        "withdraw",
        "assign",
        "release",
        "late",
        "missed",
        "signed-on",
        "break-started",
        "break-ended",
        "signed-off",
        "worked",
        "cancelled",
        "reactivated",
      ),
      of: fc.integer({ min: 1, max: 3 }),
      by: fc.constantFrom("driver", "system", "relief"),
      needsReview: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map((steps) => {
    const plan: PlanFact[] = ["planned"];
    const roster: RosterFact[] = [];
    const said: Said[] = [];
    for (const [place, { does, of, by, needsReview }] of steps.entries()) {
      if (does === "plan") plan.push("planned");
      else if (does === "withdraw") plan.push("withdrawn");
      else if (does === "assign") roster.push(assigned(place, place));
      else if (does === "release")
        roster.push(
          ...roster
            .slice(-1)
            .flatMap((last) =>
              last.type === "assigned" ? [{ type: "released" as const, at: last.at, assignment: last.assignment }] : [],
            ),
        );
      else said.push([does, of, { by, needsReview, cause: "no-vehicle" }]);
    }
    return { plan, roster, day: day(...said) };
  });

const shuffled = (streams: readonly (readonly Fact[])[], turns: readonly number[]): Fact[] => {
  const left = streams.map((stream) => [...stream]);
  const heard = turns.flatMap((turn) => left[turn % left.length]?.splice(0, 1) ?? []);
  return [...heard, ...left.flat()];
};

test("a duty looks the same whoever was heard first", () => {
  fc.assert(
    fc.property(lives, fc.array(fc.nat({ max: 2 }), { maxLength: 60 }), ({ plan, roster, day }, turns) => {
      const streams = [facts({ plan }), facts({ plan: [], roster }), facts({ plan: [], day })];
      const inTurn = streams.flat().reduce(hear, nothing);
      const mixed = shuffled(streams, turns).reduce(hear, nothing);
      expect(mixed).toEqual(inTurn);
      expect(barAfter(mixed)).toEqual(barAfter(inTurn));
    }),
  );
});

test("a fact of the roster or the day that is heard again changes nothing", () => {
  fc.assert(
    fc.property(lives, fc.nat(), ({ roster, day }, which) => {
      const all = facts({ plan: [], roster, day });
      const once = all.reduce(hear, nothing);
      const again = all[which % all.length];
      // Dispatch's newest fact may come again; an older one is known by its version.
      expect(again ? hear(once, again) : once).toEqual(once);
    }),
  );
});

test("a bar names a driver exactly where one has the duty", () => {
  fc.assert(
    fc.property(lives, (told) => {
      const shown = bar(told);
      if (shown) expect(shown.driver !== null).toBe(!["open", "missed", "cancelled"].includes(shown.state));
    }),
  );
});

test("a duty that Headway signed off was left nobody knows when", () => {
  const left = (by: "driver" | "system") =>
    facts({ day: day(["signed-on"], ["signed-off", 1, { by }]) }).reduce(hear, nothing).day.attendance?.signedOff;
  expect(left("driver")).not.toBeNull();
  expect(left("system")).toBeNull();
});

test("a duty was left when the person says so who has verified its worked time", () => {
  const seen = (...said: Said[]) => facts({ day: day(...said) }).reduce(hear, nothing).day.attendance;
  const left: Said[] = [["signed-on"], ["signed-off", 1, { by: "system" }], ["verified", 1, { signedOff: at(500) }]];
  expect(seen(...left)).toMatchObject({ phase: "needs-review", signedOff: at(500) });
  expect(seen(...left, ["verified", 2, { signedOff: at(300) }])).toMatchObject({ signedOff: at(500) });
});

test("only a missed duty says by whom it was missed", () => {
  const days: readonly (readonly [readonly DayFact[], string | null])[] = [
    [day(["late"]), null],
    [day(["late"], ["missed"]), "d1"],
    [day(["late"], ["missed"], ["late", 2], ["signed-on", 2]), "d1"],
    [day(["missed"], ["missed", 2]), "d2"],
    [day(["missed"], ["signed-on"]), null],
    [day(["missed"], ["missed", 2], ["signed-on"]), "d2"],
  ];
  for (const [told, missedBy] of days) {
    const { day: heard } = facts({ day: told }).reduce(hear, nothing);
    expect(heard.missedBy).toBe(missedBy);
  }
});
