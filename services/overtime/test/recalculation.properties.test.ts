import type { DriverId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changedDays, type ValuedDay, valueWeek, type WeekInHand, withChanged } from "../src/model/value-week.ts";
import { weekOf } from "../src/model/week.ts";
import type { WorkedDuty } from "../src/model/worked-day.ts";
import { anyWeek } from "./any-week.ts";
import { rules } from "./driver-week.ts";

const driver = "driver" as DriverId;
const ruleSet = rules({
  daily: { kind: "daily-overtime", code: "OVERTIME", tiers: [{ over: 480, premium: 500 }] },
  weekly: { kind: "weekly-overtime", code: "OVERTIME", tiers: [{ over: "contract", premium: 500 }] },
  night: { kind: "night", code: "NIGHT", from: "22:00", until: "06:00", premium: 200 },
  guarantee: { kind: "weekly-guarantee", code: "MAKE_UP", minutes: "contract", days: 1 },
});
const contract = { agreement: "test", weeklyMinutes: 2400, from: Temporal.PlainDate.from("2020-01-01") };

const inHand = (
  work: readonly WorkedDuty[],
  known: readonly ValuedDay[],
  final: boolean,
  agreement: string,
): WeekInHand => ({
  week: { driver, ...weekOf(work[0]?.date ?? contract.from) },
  problem: null,
  work,
  contracts: [{ ...contract, agreement }],
  ruleSets: [ruleSet],
  final,
  known,
});

/** The days as they are known once the week was calculated anew, and which of them were told. */
const recalculated = (work: readonly WorkedDuty[], known: readonly ValuedDay[], final: boolean, agreement = "test") => {
  const told = changedDays(driver, known, valueWeek(inHand(work, known, final, agreement)).days);
  return { told, known: withChanged(known, told) };
};

const worth = (days: readonly ValuedDay[]) =>
  days
    .filter(({ components }) => components.length > 0)
    .map(({ date, components }) => [date.toString(), components] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

test("a week that is calculated again from the same facts tells nothing", () => {
  fc.assert(
    fc.property(anyWeek, fc.boolean(), (work, final) => {
      const { known } = recalculated(work, [], final);
      expect(recalculated(work, known, final).told).toEqual([]);
    }),
  );
});

test("facts told one after the other, each again and again, come to the same as all at once, and no day skips a revision", () => {
  const told = anyWeek.chain((facts) =>
    fc.array(fc.nat({ max: Math.max(0, facts.length - 1) }), { maxLength: 20 }).map((turns) => ({ facts, turns })),
  );
  fc.assert(
    fc.property(told, ({ facts, turns }) => {
      let known: readonly ValuedDay[] = [];
      const revisions = new Map<string, number>();
      const heard = new Set<WorkedDuty>();
      for (const turn of [...turns, ...facts.keys()]) {
        const fact = facts[turn];
        if (fact) heard.add(fact);
        const next = recalculated([...heard], known, false);
        for (const { date, revision } of next.told) {
          expect(revision).toBe((revisions.get(date.toString()) ?? 0) + 1);
          revisions.set(date.toString(), revision);
        }
        known = next.known;
      }
      const { known: final } = recalculated(facts, known, true);
      expect(worth(final)).toEqual(worth(recalculated(facts, [], true).known));
    }),
    { numRuns: 40 },
  );
});

test("a week that gets a problem tells nothing, and comes to the same as without it once that is solved", () => {
  fc.assert(
    fc.property(anyWeek, fc.nat(14), fc.boolean(), (work, heard, final) => {
      const { known } = recalculated(work.slice(0, heard), [], false);
      expect(recalculated(work, known, final, "unknown").told).toEqual([]);
      expect(worth(recalculated(work, known, final).known)).toEqual(worth(recalculated(work, [], final).known));
    }),
  );
});
