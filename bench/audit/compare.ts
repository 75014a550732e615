import type { Check } from "./finding.ts";

export type Value = string | number | boolean | null;

/** What is known of one thing, field by field. */
export type Fact = Readonly<Record<string, Value>>;

/** What it must be; of several values, any is right. */
export type Expected = Readonly<Record<string, Value | readonly Value[]>>;

/** Facts by what they are about. */
type Facts<F extends Expected = Fact> = ReadonlyMap<string, F>;

export type Comparison = {
  readonly where: string;
  /** What must be there. */
  readonly should: Facts<Expected>;
  /** What is there. */
  readonly is: Facts;
  /** What must be so of a thing that nothing was said of. Without it, such a thing is wrong in itself. */
  readonly unsaid?: Expected | "any";
  /** Which things that were said of may be gone. Without it, none. */
  readonly mayBeGone?: (expected: Expected) => boolean;
};

/** Holds what is there against what must be there; the fields that are expected are those that count. */
export const compare = ({ where, should, is, unsaid, mayBeGone = () => false }: Comparison): Check => {
  const wrong: string[] = [];
  for (const [key, expected] of should) {
    const fact = is.get(key);
    if (fact) wrong.push(...differences(key, expected, fact));
    else if (!mayBeGone(expected)) wrong.push(`${key} is missing: ${JSON.stringify(expected)}.`);
  }
  for (const [key, fact] of is) {
    if (should.has(key) || unsaid === "any") continue;
    wrong.push(...(unsaid ? differences(key, unsaid, fact) : [`${key} should not be there: ${JSON.stringify(fact)}.`]));
  }
  return { where, looked: new Set([...should.keys(), ...is.keys()]).size, wrong };
};

const differences = (key: string, expected: Expected, fact: Fact): string[] =>
  Object.entries(expected)
    .filter(([field, value]) => !allows(value, fact[field]))
    .map(([field, value]) => `${key}: ${field} is ${told(fact[field])}, and should be ${told(value)}.`);

const allows = (expected: Value | readonly Value[], is: Value | undefined): boolean =>
  is !== undefined && (isChoice(expected) ? expected.includes(is) : expected === is);

const isChoice = (expected: Value | readonly Value[]): expected is readonly Value[] => Array.isArray(expected);

const told = (value: unknown): string => (value === undefined ? "not there" : JSON.stringify(value));
