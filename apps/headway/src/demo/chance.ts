/** A seeded source of chance: the same names give the same sequence, on any machine and in any order of calls. */
export type Chance = {
  /** A number from 0 up to, but not including, 1. */
  readonly share: () => number;
  /** A whole number within bounds, both included. */
  readonly whole: (least: number, most: number) => number;
  /** True in this share of the cases. */
  readonly happens: (share: number) => boolean;
  /** One of the list, which must not be empty. */
  readonly pick: <T>(list: readonly T[]) => T;
};

/**
 * Chance that hangs on names alone. Names are what stays the same between two runs: a seed, a date, a run, an
 * employee number; never an id that is made anew.
 */
export const chanceOf = (...names: readonly (string | number)[]): Chance => {
  const share = smallFastCounter(stateOf(names.join("\u001f")));
  const whole = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1));
  return {
    share,
    whole,
    happens: (part) => share() < part,
    pick: (list) => {
      const found = list[whole(0, list.length - 1)];
      if (found === undefined) throw new Error("Nothing to pick from.");
      return found;
    },
  };
};

/** A number that puts things in an order that only chance knows, and that stays. */
export const lotOf = (...names: readonly (string | number)[]): number => chanceOf(...names).share();

/** In an order by lot, hanging on what `nameOf` says of each. */
export const byLot = <T>(list: readonly T[], nameOf: (one: T) => string): T[] =>
  list
    .map((one) => ({ one, name: nameOf(one), lot: lotOf(nameOf(one)) }))
    .sort((a, b) => a.lot - b.lot || (a.name < b.name ? -1 : 1))
    .map(({ one }) => one);

type State = [number, number, number, number];

/** Four words of 32 bits from a text: cyrb128, public domain. */
const stateOf = (text: string): State => {
  let [a, b, c, d]: State = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
};

/** sfc32 of PractRand, public domain: fast, and good enough for everything but secrets. */
const smallFastCounter = ([a, b, c, counter]: State): (() => number) => {
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
};
