import type { DutyId } from "@headway/kernel/ids";
import { intersection, sumOf } from "@headway/kernel/interval";
import { type Factor, factor } from "@headway/kernel/money";
import type { Rounding, Rule } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";
import { type Spans, sameSpans } from "./spans.ts";
import type { WorkedDay } from "./worked-day.ts";

/** One reason for pay on one service day: `minutes` of the hourly rate, times `factor`. */
export type Component = {
  /** Stable and unique within the driver's day: the rule and the place in it (`daily-overtime.2`). */
  readonly id: string;
  readonly code: string;
  readonly minutes: number;
  readonly factor: Factor;
  /** The stretches of time it is for; none where pay is added without work. */
  readonly intervals: Spans;
  /** The duty that all of the intervals belong to, or nothing where they belong to several or to none. */
  readonly duty: DutyId | null;
  readonly agreement: string;
  readonly rule: string;
  /** Of the agreement's rules. */
  readonly ruleVersion: number;
  /** Why, for the driver. */
  readonly sentence: string;
};

export const plainRate = factor(1000);

export const toComponent = (
  { agreement, version }: RuleSet,
  rule: Rule,
  place: number,
  paid: Pick<Component, "minutes" | "factor" | "intervals" | "duty" | "sentence">,
): Component => ({
  id: `${rule.id}.${place}`,
  code: rule.code,
  ...paid,
  agreement,
  rule: rule.id,
  ruleVersion: version,
});

/** Minutes and factor of a premium, and what rounding did to them. */
export const priced = (
  minutes: number,
  premium: Factor,
  round: Rounding,
): { minutes: number; factor: Factor; said: string } => {
  if (round === "exact") return { minutes, factor: premium, said: "" };
  const whole = Math.ceil((minutes * premium) / plainRate);
  return { minutes: whole, factor: plainRate, said: `, rounded up to ${showMinutes(whole)} at the hourly rate` };
};

export const dutyOf = ({ duties }: WorkedDay, intervals: Spans): DutyId | null => {
  const touched = duties.filter(({ work }) => work.some((a) => intervals.some((b) => intersection(a, b))));
  return touched.length === 1 ? (touched[0]?.duty ?? null) : null;
};

/** `8 h 3 min` for 483 minutes: a length that nobody takes for a time of the clock. */
export const showMinutes = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};

/** `50 %` for 500 thousandths. */
export const showPremium = (premium: Factor): string => `${premium / 10} %`;

export const showSum = (spans: Spans): string => showMinutes(sumOf(spans));

/** Whether both say the same in every part. */
export const sameComponents = (a: readonly Component[], b: readonly Component[]): boolean =>
  a.length === b.length && a.every((component, index) => sameComponent(component, b[index]));

const sameComponent = (a: Component, b: Component | undefined): boolean =>
  a.id === b?.id &&
  a.code === b.code &&
  a.minutes === b.minutes &&
  a.factor === b.factor &&
  sameSpans(a.intervals, b.intervals) &&
  a.duty === b.duty &&
  a.agreement === b.agreement &&
  a.rule === b.rule &&
  a.ruleVersion === b.ruleVersion &&
  a.sentence === b.sentence;
