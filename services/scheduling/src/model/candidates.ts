import { findings } from "./check.ts";
import { type CountedDriver, type CountedDuty, contractOn } from "./counted.ts";
import { weekOf } from "./day.ts";
import { type Finding, isError } from "./finding.ts";

/** A driver held against a duty, with the figures that give the place in the order. */
export type Candidate = {
  readonly driver: CountedDriver;
  /** Minutes held in the duty's week, without this duty. */
  readonly weekMinutes: number;
  readonly contractMinutes: number;
  readonly findings: readonly Finding[];
};

export type Candidates = {
  readonly fit: readonly Candidate[];
  /** With what speaks against them. */
  readonly leftOut: readonly Candidate[];
};

/**
 * Who could take a duty, in extraboard order: who needs no reason first, then the smallest part of the week's contract filled,
 * equals by employee number. Beside them everybody else, by employee number, with what speaks against them.
 */
export const searchCandidates = (drivers: readonly CountedDriver[], duty: CountedDuty): Candidates => {
  const judged = [...drivers].sort(byNumber).map((driver) => ({
    driver,
    ...weekOfDriver(driver, duty),
    findings: findings(driver, duty),
  }));
  return {
    fit: judged.filter(({ findings }) => !findings.some(isError)).sort(byShareOfContract),
    leftOut: judged.filter(({ findings }) => findings.some(isError)),
  };
};

export const byNumber = (a: { readonly number: string }, b: { readonly number: string }): number =>
  a.number < b.number ? -1 : Number(a.number > b.number);

const weekOfDriver = (driver: CountedDriver, duty: CountedDuty) => ({
  weekMinutes: driver.standing
    .filter((other) => weekOf(other.day) === weekOf(duty.day))
    .reduce((sum, { work }) => sum + work, 0),
  contractMinutes: contractOn(driver, duty.day)?.weeklyMinutes ?? 0,
});

/** The sort is stable: equals stay by number. */
const byShareOfContract = (a: Candidate, b: Candidate): number =>
  Number(a.findings.length > 0) - Number(b.findings.length > 0) || shareOf(a) - shareOf(b);

const shareOf = ({ weekMinutes, contractMinutes }: Candidate): number => weekMinutes / Math.max(contractMinutes, 1);
