import { sumOf } from "@headway/kernel/interval";
import type { Factor } from "@headway/kernel/money";
import { calendarDay, calendarDays } from "./calendar-day.ts";
import { clockWindows } from "./clock-window.ts";
import { type Component, dutyOf, priced, showMinutes, showPremium, showSum, toComponent } from "./component.ts";
import { type PremiumRule, type Rule, rulesOf } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { beyond, outside, type Spans, within } from "./spans.ts";
import type { WorkedDay } from "./worked-day.ts";

/** What one tier of a rule would pay for if it stood alone; `why` goes on from "1 h 30 min of ". */
type Claim = {
  readonly rule: PremiumRule;
  /** From 1. */
  readonly tier: number;
  readonly premium: Factor;
  readonly spans: Spans;
  readonly why: string;
};

/** Overtime by the day's own measure: its length, its place in a run of days, its spread, its date. */
export const dayClaims = (day: WorkedDay, dayRunning: number, rules: readonly Rule[]): Claim[] =>
  rulesOf(rules, "daily-overtime", "consecutive-day", "spread", "holiday").flatMap((rule): Claim[] => {
    if (rule.kind === "daily-overtime")
      return rule.tiers.map(({ over, premium }, index) => {
        const why = `${workBeyond(over)} on the day`;
        return { rule, tier: index + 1, premium, spans: beyond(day.work, over), why };
      });
    if (rule.kind === "consecutive-day")
      return (dayRunning >= rule.day ? rule.tiers : []).map(({ over, premium }, index) => {
        const why = `${workBeyond(over)} on day ${dayRunning} in a row this week`;
        return { rule, tier: index + 1, premium, spans: beyond(day.work, over), why };
      });
    if (rule.kind === "holiday")
      return calendarDays(day.spread, day.zone).map((date) => {
        const tier = rule.dates.findIndex((holiday) => holiday.equals(date)) + 1;
        const spans = tier > 0 ? within(day.work, [calendarDay(date, day.zone)]) : [];
        return { rule, tier, premium: rule.premium, spans, why: `work on the holiday ${date}` };
      });
    return rule.pays === "work" ? [spreadClaim(rule, within(day.work, late(day, rule.over)))] : [];
  });

/** Overtime by the week's measure: of the minutes that no rule of the day pays for, those beyond the threshold. */
export const weekClaims = (
  straight: Spans,
  straightBefore: number,
  weeklyMinutes: number,
  rules: readonly Rule[],
): Claim[] =>
  rulesOf(rules, "weekly-overtime").flatMap((rule) =>
    rule.tiers.map(({ over: given, premium }, index) => {
      const over = given === "contract" ? weeklyMinutes : given;
      const spans = beyond(straight, Math.max(0, over - straightBefore));
      const threshold = `${given === "contract" ? "the contract's " : ""}${showMinutes(over)}`;
      const why = `work beyond ${threshold} in the week, not counting the overtime of single days`;
      return { rule, tier: index + 1, premium, spans, why };
    }),
  );

export const nightClaims = (day: WorkedDay, rules: readonly Rule[]): Claim[] =>
  rulesOf(rules, "night").map((rule) => {
    const spans = within(day.work, clockWindows(day.spread, rule.from, rule.until, day.zone));
    const [from, until] = [rule.from, rule.until].map((time) => time.toString({ smallestUnit: "minute" }));
    return { rule, tier: 1, premium: rule.premium, spans, why: `work between ${from} and ${until}` };
  });

/** Pay for a long spread as such, whether the time in it was worked or not. */
export const spreadClaims = (day: WorkedDay, rules: readonly Rule[]): Claim[] =>
  rulesOf(rules, "spread")
    .filter(({ pays }) => pays === "time")
    .map((rule) => spreadClaim(rule, late(day, rule.over)));

const spreadClaim = (rule: Extract<PremiumRule, { kind: "spread" }>, spans: Spans): Claim => {
  const over = showMinutes(rule.over);
  const why = { work: `work beyond ${over} of the day's spread`, time: `the day's spread beyond ${over}` };
  return { rule, tier: 1, premium: rule.premium, spans, why: why[rule.pays] };
};

/** "work beyond 8 h"; beyond nothing it is just work. */
const workBeyond = (over: number): string => (over === 0 ? "work" : `work beyond ${showMinutes(over)}`);

const late = ({ spread }: WorkedDay, over: number): Spans => beyond([spread], over);

/** Where several claims want a minute, the highest premium has it; among equals the one that stands first. */
export const settle = (wanted: readonly Claim[]): readonly Claim[] => {
  const claims = wanted.filter(({ spans }) => spans.length > 0);
  // One alone has all that it wants: most days, and much work.
  if (claims.length < 2) return claims;
  let taken: Spans = [];
  const won = new Map<Claim, Spans>();
  for (const claim of claims.toSorted((a, b) => b.premium - a.premium)) {
    const spans = outside(claim.spans, taken);
    taken = [...taken, ...spans];
    won.set(claim, spans);
  }
  return claims.map((claim) => ({ ...claim, spans: won.get(claim) ?? [] })).filter(({ spans }) => spans.length > 0);
};

export const claimed = (claims: readonly Claim[]): Spans => claims.flatMap(({ spans }) => spans);

export const toPremium = (ruleSet: RuleSet, day: WorkedDay, { rule, tier, premium, spans, why }: Claim): Component => {
  const { said, ...price } = priced(sumOf(spans), premium, rule.round);
  return toComponent(ruleSet, rule, tier, {
    ...price,
    intervals: spans,
    duty: dutyOf(day, spans),
    sentence: `${showSum(spans)} of ${why}: ${showPremium(premium)} on top${said}.`,
  });
};
