import { byLot, chanceOf, lotOf } from "../demo/chance.ts";
import { type Duty, type Held, nameOf, nameOfHeld } from "./duty.ts";
import type { Minute } from "./minute.ts";

/** Who does not do what the published roster says. Drawn once, from the rosters alone. */
export type Cast = {
  /** Which share of the drivers comes late, but comes. */
  readonly late: number;
  /** Who calls in sick for a duty, by `nameOfHeld`, and when. */
  readonly sick: ReadonlyMap<string, Minute>;
  /** Who does not come to a duty and says nothing, by `nameOfHeld`. */
  readonly missing: ReadonlySet<string>;
  /** Who, of those, turns up after all when somebody else has the duty, by `nameOfHeld`. */
  readonly strays: ReadonlySet<string>;
  /** Duties that are cancelled before they begin, by `nameOf`. */
  readonly cancelled: ReadonlySet<string>;
  /** Pairs that would swap their duties of one day, the likeliest to be lawful first. */
  readonly swaps: readonly (readonly [Held, Held])[];
};

/** Which shares of all drivers are late, fall ill or stay away; which of those turn up after all; and of all duties are cancelled. */
export type Shares = {
  readonly late: number;
  readonly sick: number;
  readonly missing: number;
  readonly strays: number;
  readonly cancelled: number;
};

const usualShares: Shares = { late: 0.02, sick: 0.012, missing: 0.006, strays: 0, cancelled: 0 };

/** How long before a duty somebody calls in sick, in minutes. */
const warning = { least: 75, most: 300 };
const mostSwaps = 40;
/** Minutes of rest that every agreement is content with. */
const restWanted = 12 * 60;

/** Casts the week. Of each kind but strays there is at least one where there are people enough, so that a small feed sees all that a large one sees. */
export const castWeek = (seed: number, rosters: readonly Held[], shares: Shares = usualShares): Cast => {
  const cancelled = drawn(seed, "cancelled", rosters, shares.cancelled);
  const free = without(rosters, cancelled);
  const sick = drawn(seed, "sick", free, shares.sick);
  const healthy = without(free, sick);
  const missing = drawn(seed, "missing", healthy, shares.missing);
  return {
    late: shares.late,
    sick: new Map(sick.map((held) => [nameOfHeld(held), held.duty.starts - warningOf(seed, held)])),
    missing: new Set(missing.map(nameOfHeld)),
    strays: new Set(missing.map(nameOfHeld).filter((name) => lotOf(seed, "stray", name) < shares.strays)),
    cancelled: new Set(cancelled.map(({ duty }) => nameOf(duty))),
    swaps: pairs(seed, without(healthy, missing), rosters),
  };
};

const warningOf = (seed: number, held: Held): number =>
  chanceOf(seed, "warning", nameOfHeld(held)).whole(warning.least, warning.most);

const without = (all: readonly Held[], some: readonly Held[]): Held[] => {
  const gone = new Set(some);
  return all.filter((held) => !gone.has(held));
};

/** Those whose lot is below the share, and the one with the lowest lot in any case. */
const drawn = (seed: number, what: string, all: readonly Held[], share: number): Held[] => {
  const lots = all
    .map((held) => ({ held, name: nameOfHeld(held), lot: lotOf(seed, what, nameOfHeld(held)) }))
    .sort((a, b) => a.lot - b.lot || (a.name < b.name ? -1 : 1));
  return lots.filter(({ lot }, index) => index === 0 || lot < share).map(({ held }) => held);
};

/** Two drivers of one depot, line and day whose duties begin at nearly the same time: hardly a rule stands against it. */
const pairs = (seed: number, all: readonly Held[], rosters: readonly Held[]): (readonly [Held, Held])[] => {
  const ownOf = Map.groupBy(rosters, ({ number }) => number);
  const mayTake = (held: Held, duty: Duty): boolean =>
    (ownOf.get(held.number) ?? []).every(
      (other) =>
        other === held || duty.starts >= other.duty.ends + restWanted || other.duty.starts >= duty.ends + restWanted,
    );
  const groups = Map.groupBy(all, ({ duty }) => `${duty.date} ${duty.depot} ${duty.qualification}`);
  const neighbours = [...groups.values()].flatMap((group) => {
    const inOrder = group.toSorted((a, b) => a.duty.starts - b.duty.starts || (nameOfHeld(a) < nameOfHeld(b) ? -1 : 1));
    return inOrder.flatMap((held, index): (readonly [Held, Held])[] => {
      const next = inOrder[index + 1];
      if (!next || next.number === held.number) return [];
      return mayTake(held, next.duty) && mayTake(next, held.duty) ? [[held, next]] : [];
    });
  });
  const shuffled = byLot(neighbours, ([a, b]) => `${seed} swap ${nameOfHeld(a)} ${nameOfHeld(b)}`);
  return shuffled.toSorted((a, b) => apart(a) - apart(b)).slice(0, mostSwaps);
};

const apart = ([a, b]: readonly [Held, Held]): number =>
  Math.abs(a.duty.starts - b.duty.starts) + Math.abs(a.duty.ends - b.duty.ends);
