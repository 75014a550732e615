import type { DepotId } from "@headway/kernel/ids";
import { sumOf } from "@headway/kernel/interval";
import type { PlainDate } from "@headway/kernel/time";
import { type Component, plainRate, showMinutes, showSum, toComponent } from "./component.ts";
import { claimed, dayClaims, nightClaims, settle, spreadClaims, toPremium, weekClaims } from "./premium.ts";
import { rulesOf, type WeeklyGuarantee } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { outside, type Spans } from "./spans.ts";
import { type WorkedDay, type WorkedDuty, workedDays } from "./worked-day.ts";

export type CalculatedDay = {
  readonly date: PlainDate;
  readonly depot: DepotId;
  readonly workedMinutes: number;
  readonly components: readonly Component[];
};

/** What the week is paid by, and the weekly minutes of the driver's contract. */
export type Terms = { readonly ruleSet: RuleSet; readonly weeklyMinutes: number };

/**
 * What one driver's week is worth, day by day; days without work are left out. A function of the set of facts: their
 * order does not matter.
 *
 * Every minute of work is in exactly one base component. On top of it a minute earns at most one overtime premium
 * (the highest of the day's rules; else the week's) and at most one night premium. Make-up fills what is missing.
 * A weekly guarantee waits until the week is `final`, because before that each further day would change it.
 */
export const calculateWeek = (facts: readonly WorkedDuty[], terms: Terms, final: boolean): CalculatedDay[] => {
  const days = workedDays(facts);
  let straightBefore = 0;
  const calculated = days.map((day, index) => {
    const { components, straight } = calculateDay(day, dayRunning(days, index), straightBefore, terms);
    straightBefore += sumOf(straight);
    return { date: day.date, depot: day.depot, workedMinutes: sumOf(day.work), components };
  });
  return final ? withWeeklyMakeUp(calculated, terms) : calculated;
};

const calculateDay = (day: WorkedDay, running: number, straightBefore: number, { ruleSet, weeklyMinutes }: Terms) => {
  const byDay = settle(dayClaims(day, running, ruleSet.rules));
  const straight = outside(day.work, claimed(byDay));
  const byWeek = settle(weekClaims(straight, straightBefore, weeklyMinutes, ruleSet.rules));
  const byClock = settle(nightClaims(day, ruleSet.rules));
  const bySpread = settle(spreadClaims(day, ruleSet.rules));
  const premiums = [...byDay, ...byWeek, ...byClock, ...bySpread].map((claim) => toPremium(ruleSet, day, claim));
  return { components: [...baseComponents(ruleSet, day), ...premiums, ...dailyMakeUp(ruleSet, day.work)], straight };
};

/** One for each duty, so that the payroll knows what belongs to which. */
const baseComponents = (ruleSet: RuleSet, day: WorkedDay): Component[] =>
  rulesOf(ruleSet.rules, "base").flatMap((rule) =>
    day.duties.map(({ duty, work }, index) =>
      toComponent(ruleSet, rule, index + 1, {
        minutes: sumOf(work),
        factor: plainRate,
        intervals: work,
        duty,
        sentence: `${showSum(work)} of work at the hourly rate.`,
      }),
    ),
  );

/** Pay for no work: no stretch of time and no duty to name. */
const makeUp = { factor: plainRate, intervals: [], duty: null };

const dailyMakeUp = (ruleSet: RuleSet, work: Spans): Component[] =>
  rulesOf(ruleSet.rules, "daily-guarantee")
    .filter(({ minutes }) => minutes > sumOf(work))
    .map((rule) =>
      toComponent(ruleSet, rule, 1, {
        minutes: rule.minutes - sumOf(work),
        ...makeUp,
        sentence: `Make-up: ${showSum(work)} of work; the guarantee for a day with a duty is ${showMinutes(rule.minutes)}.`,
      }),
    );

/** The make-up to a weekly guarantee goes to the week's last day with work. */
const withWeeklyMakeUp = (days: readonly CalculatedDay[], { ruleSet, weeklyMinutes }: Terms): CalculatedDay[] => {
  const paid = paidTowardsGuarantee(days, ruleSet);
  const weeklyMakeUp = rulesOf(ruleSet.rules, "weekly-guarantee")
    .map((rule) => ({ rule, wanted: rule.minutes === "contract" ? weeklyMinutes : rule.minutes }))
    .filter(({ rule, wanted }) => days.length >= rule.days && wanted > paid)
    .map(({ rule, wanted }) =>
      toComponent(ruleSet, rule, 1, {
        minutes: wanted - paid,
        ...makeUp,
        sentence: tellWeeklyMakeUp(rule, paid, wanted),
      }),
    );
  return days.map((day, index) =>
    index === days.length - 1 ? { ...day, components: [...day.components, ...weeklyMakeUp] } : day,
  );
};

const tellWeeklyMakeUp = ({ minutes, days }: WeeklyGuarantee, paid: number, wanted: number): string => {
  const week = days === 1 ? "a week with a duty" : `a week with duties on ${days} days or more`;
  const guarantee = `${minutes === "contract" ? "the contract's " : ""}${showMinutes(wanted)}`;
  return `Make-up: ${showMinutes(paid)} of work and daily make-up; the guarantee for ${week} is ${guarantee}.`;
};

/** Minutes of work and daily make-up; premiums do not count. */
const paidTowardsGuarantee = (days: readonly CalculatedDay[], ruleSet: RuleSet): number => {
  const counted = rulesOf(ruleSet.rules, "base", "daily-guarantee").map(({ id }) => id);
  return days
    .flatMap(({ components }) => components)
    .reduce((sum, { rule, minutes }) => sum + (counted.includes(rule) ? minutes : 0), 0);
};

/** The how many-th day with work in a row this is, within the week. */
const dayRunning = (days: readonly WorkedDay[], index: number): number => {
  const [day, before] = [days[index], days[index - 1]];
  const follows = day && before && day.date.dayOfWeek === before.date.dayOfWeek + 1;
  return follows ? dayRunning(days, index - 1) + 1 : 1;
};
