import type { DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { workRulesOf } from "./agreements.ts";
import type { Held } from "./assignment.ts";
import { type Day, dayOf } from "./day.ts";
import type { Contract, Days, RosteredDriver } from "./driver.ts";
import type { DutyPlan } from "./duty.ts";
import type { CountedRule } from "./work-rule.ts";

/** A stretch of elapsed time: milliseconds since the epoch, its end not included. */
export type Stretch = { readonly starts: number; readonly ends: number };

type DayRange = { readonly first: Day; readonly last: Day };

/** A duty as plain numbers: filling a depot's week asks about a driver and a duty a million times. */
export type CountedDuty = Stretch & {
  readonly id: DutyId;
  readonly depot: DepotId;
  readonly day: Day;
  readonly run: string;
  /** Minutes of work. */
  readonly work: number;
  readonly qualification: string | null;
};

export type CountedContract = DayRange & {
  readonly weeklyMinutes: number;
  readonly rules: readonly CountedRule[];
  /** Those of the rules that measure the rest. */
  readonly restRules: readonly CountedRule[];
};

export type CountedDriver = {
  readonly id: DriverId;
  readonly number: string;
  readonly depot: DepotId;
  readonly employed: DayRange;
  readonly contracts: readonly CountedContract[];
  readonly qualifications: readonly (DayRange & { readonly code: string })[];
  readonly absences: readonly Stretch[];
  /** The duties that the driver holds, in any order. */
  readonly standing: readonly CountedDuty[];
};

export const countDuty = (duty: DutyPlan): CountedDuty => ({
  ...stretchOf(duty.worked),
  id: duty.id,
  depot: duty.depot,
  day: dayOf(duty.date),
  run: duty.run,
  work: duty.work,
  qualification: duty.qualification,
});

export const countDriver = ({ driver, held }: RosteredDriver): CountedDriver => ({
  id: driver.id,
  number: driver.number,
  depot: driver.depot,
  employed: rangeOf(driver.employed),
  contracts: driver.contracts.map(countContract),
  qualifications: driver.qualifications.map((qualification) => ({
    ...rangeOf(qualification),
    code: qualification.code,
  })),
  absences: driver.absences.map(stretchOf),
  standing: held.map(countHeld),
});

const countContract = (contract: Contract): CountedContract => {
  const rules = workRulesOf(contract.agreement);
  const restRules = rules.filter(({ measure }) => measure === "rest");
  return { ...rangeOf(contract), weeklyMinutes: contract.weeklyMinutes, rules, restRules };
};

/** What is held counts as it was given. */
const countHeld = ({ duty, assignment: { worked, work } }: Held): CountedDuty => countDuty({ ...duty, worked, work });

export const contractOn = (driver: CountedDriver, day: Day): CountedContract | null =>
  driver.contracts.find((contract) => includes(contract, day)) ?? null;

export const includes = ({ first, last }: DayRange, day: Day): boolean => first <= day && day <= last;

/** Milliseconds that both share; 0 or less if they only touch or lie apart. */
export const shared = (a: Stretch, b: Stretch): number => Math.min(a.ends, b.ends) - Math.max(a.starts, b.starts);

const stretchOf = ({ starts, ends }: Interval): Stretch => ({
  starts: starts.epochMilliseconds,
  ends: ends.epochMilliseconds,
});

const rangeOf = ({ from, to }: Days): DayRange => ({
  first: dayOf(from),
  last: to === null ? Number.POSITIVE_INFINITY : dayOf(to),
});
