import type { Interval } from "@headway/kernel/interval";
import { type CountedDriver, type CountedDuty, contractOn, includes, type Stretch, shared } from "./counted.ts";
import { showDay, weekOf } from "./day.ts";
import type { Duty } from "./duty.ts";
import type { Finding } from "./finding.ts";
import type { CountedRule } from "./work-rule.ts";

/** May this driver, who holds what they hold, work this duty too? Everything that speaks against it, the plain reasons first. */
export const findings = (driver: CountedDriver, duty: CountedDuty): Finding[] => [...search(driver, duty)];

/**
 * The time around a duty, or from one duty to another, in which what a driver holds can matter to it: the week of the duty
 * from Monday to Sunday, and the nights before and after.
 */
export const around = (first: Pick<Duty, "worked">, last: Pick<Duty, "worked"> = first): Interval => ({
  starts: first.worked.starts.subtract({ hours: 8 * 24 }),
  ends: last.worked.ends.add({ hours: 8 * 24 }),
});

/** Whether nothing at all speaks against it, not even a warning. Stops at the first finding. */
export const fits = (driver: CountedDriver, duty: CountedDuty): boolean => search(driver, duty).next().done === true;

function* search(driver: CountedDriver, duty: CountedDuty): Generator<Finding, undefined> {
  const contract = contractOn(driver, duty.day);
  if (driver.depot !== duty.depot) yield always("depot", "Belongs to another depot.");
  if (!includes(driver.employed, duty.day)) yield always("employment", `Is not employed on ${showDay(duty.day)}.`);
  else if (!contract) yield always("employment", `Has no contract on ${showDay(duty.day)}.`);
  if (!qualified(driver, duty))
    yield always("qualification", `Is not qualified for ${duty.qualification} on ${showDay(duty.day)}.`);
  for (const absence of driver.absences)
    if (shared(absence, duty) > 0) yield clash("absence", shared(absence, duty), "Is absent for");
  for (const other of driver.standing)
    if (shared(other, duty) > 0)
      yield clash("overlap", shared(other, duty), `Works run ${other.run} at the same time for`);
  if (contract) yield* against(contract.rules, driver.standing, duty);
  yield* againstNext(driver, duty);
}

const qualified = ({ qualifications }: CountedDriver, { qualification, day }: CountedDuty): boolean =>
  qualification === null || qualifications.some((held) => held.code === qualification && includes(held, day));

function* against(
  rules: readonly CountedRule[],
  standing: readonly CountedDuty[],
  duty: CountedDuty,
): Generator<Finding, undefined> {
  for (const rule of rules) {
    if (duty.day < rule.firstDay || rule.lastDay < duty.day) continue;
    const { measured, kept, sentence } = measure[rule.measure](standing, duty, rule.limit);
    if (!kept)
      yield {
        rule: rule.id,
        version: rule.version,
        level: rule.level,
        measured,
        limit: rule.limit,
        sentence: sentence(),
      };
  }
}

/** How long a driver must have rested is a matter of the duty that follows, and of the rules of its day. */
function* againstNext(driver: CountedDriver, duty: CountedDuty): Generator<Finding, undefined> {
  const next = nextAfter(driver.standing, duty);
  const contract = next && contractOn(driver, next.day);
  if (contract) yield* against(contract.restRules, [duty], next);
}

const nextAfter = (standing: readonly CountedDuty[], { ends }: CountedDuty): CountedDuty | null => {
  let next: CountedDuty | null = null;
  for (const other of standing) if (other.starts >= ends && (!next || other.starts < next.starts)) next = other;
  return next;
};

type Measured = { readonly measured: number; readonly kept: boolean; readonly sentence: () => string };

const measure: Record<
  CountedRule["measure"],
  (standing: readonly CountedDuty[], duty: CountedDuty, limit: number) => Measured
> = {
  rest: (standing, duty, limit) => {
    const measured = restBefore(standing, duty);
    return {
      measured,
      kept: measured >= limit,
      sentence: () => `Rests ${clock(measured)} between two duties, ${limit - measured} min short of ${clock(limit)}.`,
    };
  },
  "daily-work": (standing, duty, limit) => atMost(limit, workOn(standing, duty, sameDay), "Works", "on one day"),
  "weekly-work": (standing, duty, limit) => atMost(limit, workOn(standing, duty, sameWeek), "Works", "in one week"),
  spread: (standing, duty, limit) => atMost(limit, spreadOn(standing, duty), "Is spread over", "on one day"),
};

const atMost = (limit: number, measured: number, verb: string, when: string): Measured => ({
  measured,
  kept: measured <= limit,
  sentence: () => `${verb} ${clock(measured)} ${when}, ${measured - limit} min more than ${clock(limit)}.`,
});

/** A started minute is not a minute of rest. Overlaps are another finding. */
const restBefore = (standing: readonly CountedDuty[], { starts }: CountedDuty): number => {
  let rest = Number.POSITIVE_INFINITY;
  for (const { ends } of standing) if (ends <= starts && starts - ends < rest) rest = starts - ends;
  return Math.floor(rest / 60_000);
};

const sameDay = (a: CountedDuty, b: CountedDuty): boolean => a.day === b.day;
const sameWeek = (a: CountedDuty, b: CountedDuty): boolean => weekOf(a.day) === weekOf(b.day);

const workOn = (
  standing: readonly CountedDuty[],
  duty: CountedDuty,
  together: (a: CountedDuty, b: CountedDuty) => boolean,
): number => {
  let minutes = duty.work;
  for (const other of standing) if (together(other, duty)) minutes += other.work;
  return minutes;
};

/** A started minute counts. */
const spreadOn = (standing: readonly CountedDuty[], duty: CountedDuty): number => {
  let { starts, ends }: Stretch = duty;
  for (const other of standing) {
    if (!sameDay(other, duty)) continue;
    starts = Math.min(starts, other.starts);
    ends = Math.max(ends, other.ends);
  }
  return Math.ceil((ends - starts) / 60_000);
};

const always = (rule: string, sentence: string): Finding => ({
  rule,
  version: 1,
  level: "error",
  measured: 0,
  limit: 1,
  sentence,
});

const clash = (rule: string, milliseconds: number, words: string): Finding => {
  const measured = Math.ceil(milliseconds / 60_000);
  return { ...always(rule, `${words} ${measured} min of it.`), measured, limit: 0 };
};

const clock = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")} h`;
