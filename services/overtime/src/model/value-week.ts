import type { DriverId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { type CalculatedDay, calculateWeek } from "./calculate-week.ts";
import { sameComponents } from "./component.ts";
import { type RuleSet, ruleSetOn } from "./rule-set.ts";
import { type Contract, contractFor, type DriverWeek } from "./week.ts";
import type { WorkedDuty } from "./worked-day.ts";

/** Work as it was heard of: the depot's zone is missing while nobody has told of the depot. */
export type WorkedFact = Omit<WorkedDuty, "zone"> & { readonly zone: string | null };

/** Why a week cannot be paid yet. */
export const problems = {
  "contract.none": "The driver has no contract in this week. Give them one in hr.",
  "agreement.unknown":
    "There are no pay rules for the agreement of the driver's contract in this week. Publish a rule set for it.",
  "depot.unknown": "Nothing is known of the depot where the work was done.",
} as const;
export type Problem = keyof typeof problems;
export type WeekProblem = { readonly week: DriverWeek; readonly problem: Problem | null };

/** All that a driver's week is worth something by, and what was known of its worth. */
export type WeekInHand = WeekProblem & {
  readonly work: readonly WorkedFact[];
  readonly contracts: readonly Contract[];
  /** Each agreement's in order. */
  readonly ruleSets: readonly RuleSet[];
  readonly final: boolean;
  readonly known: readonly ValuedDay[];
};

export type WeekValue = { readonly days: readonly CalculatedDay[]; readonly problem: Problem | null };

/**
 * What a week is worth. While it has a problem it stays what it was, because half a week would be paid wrongly, and
 * nothing would take back what was paid.
 */
export const valueWeek = ({ week, work, contracts, ruleSets, final, known }: WeekInHand): WeekValue => {
  const contract = contractFor(week, contracts);
  if (!contract) return { days: known, problem: "contract.none" };
  const ruleSet = ruleSetOn(week.from, contract.agreement, ruleSets);
  if (!ruleSet) return { days: known, problem: "agreement.unknown" };
  const zoned = work.flatMap(({ zone, ...fact }) => (zone === null ? [] : [{ ...fact, zone }]));
  if (zoned.length < work.length) return { days: known, problem: "depot.unknown" };
  return { days: calculateWeek(zoned, { ruleSet, weeklyMinutes: contract.weeklyMinutes }, final), problem: null };
};

/** What a driver's service day is worth, as of this revision (from 1). */
export type ValuedDay = CalculatedDay & { readonly driver: DriverId; readonly revision: number };

/** A driver's week in days, by date: all that ever were worth something. */
export type WorkedWeek = { readonly week: DriverWeek; readonly days: readonly ValuedDay[] };

export type WorkedDayCalculated = { readonly type: "WorkedDayCalculated"; readonly day: ValuedDay };

/** The days that are worth something else than was known, each at its next revision; a day without work is worth nothing. */
export const changedDays = (
  driver: DriverId,
  known: readonly ValuedDay[],
  calculated: readonly CalculatedDay[],
): ValuedDay[] => {
  const gone = known.filter(({ date }) => !calculated.some((day) => day.date.equals(date)));
  const wanted = [...calculated, ...gone.map((day) => ({ ...day, workedMinutes: 0, components: [] }))];
  return wanted.flatMap((day) => {
    const before = known.find(({ date }) => date.equals(day.date));
    if (before && sameComponents(before.components, day.components)) return [];
    return [{ ...day, driver, revision: (before?.revision ?? 0) + 1 }];
  });
};

/** The days of a week once the changed ones have taken their places, by date. One that is not worked any more keeps its place, for its revision. */
export const withChanged = (known: readonly ValuedDay[], changed: readonly ValuedDay[]): ValuedDay[] => {
  const others = known.filter(({ date }) => !changed.some((day) => day.date.equals(date)));
  return [...others, ...changed].toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date));
};
