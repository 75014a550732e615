import { type Chance, chanceOf } from "../demo/chance.ts";
import { type Held, nameOfHeld, type Stretch } from "./duty.ts";
import type { Minute } from "./minute.ts";

/** What a driver does with a duty. All times are whole minutes, and the driver's own. */
export type Conduct = {
  readonly signsOn: Minute;
  readonly breaks: readonly Stretch[];
  readonly signsOff: Minute;
};

/** Minutes; shares of all drivers. Late means later than the grace, missing is somebody else's matter. */
const habits = {
  early: { most: 14 },
  barelyLate: { share: 0.06, most: 4 },
  late: { least: 6, most: 17 },
  breakInGap: 0.6,
  breakInPiece: { share: 0.15, fromMinutes: 300, length: 15 },
  offEarly: { share: 0.2, most: 4 },
  offLate: { share: 0.12, least: 6, most: 14 },
  offVeryLate: { share: 0.01, least: 20, most: 40 },
  offAbout: 5,
  journeyToWork: { least: 6, most: 25 },
};

/** How a driver works a duty as planned: hangs on seed, date, run and employee number. `lateShare` of all drivers come late. */
export const conductOf = (seed: number, held: Held, lateShare: number): Conduct => {
  const chance = chanceOf(seed, "conduct", nameOfHeld(held));
  return workFrom(chance, held, held.duty.starts + signOnOffset(chance, lateShare));
};

/** How a driver works a duty when asked to only after it should have begun. */
export const replacementConductOf = (seed: number, held: Held, asked: Minute): Conduct => {
  const chance = chanceOf(seed, "replacement", nameOfHeld(held));
  const { least, most } = habits.journeyToWork;
  const arrives = Math.max(held.duty.starts, asked + chance.whole(least, most));
  return workFrom(chance, held, Math.max(asked + 1, Math.min(arrives, held.duty.ends - 1)));
};

const signOnOffset = (chance: Chance, lateShare: number): number => {
  const lot = chance.share();
  const { barelyLate, late, early } = habits;
  if (lot < lateShare) return chance.whole(late.least, late.most);
  if (lot < lateShare + barelyLate.share) return chance.whole(1, barelyLate.most);
  return -chance.whole(0, early.most);
};

const workFrom = (chance: Chance, { duty }: Held, signsOn: Minute): Conduct => {
  const signsOff = Math.max(duty.ends + signOffOffset(chance), signsOn + 1);
  const breaks = [...breaksInGaps(chance, duty.gaps), ...breakInPiece(chance, duty.gaps, duty)];
  return {
    signsOn,
    breaks: breaks.filter(({ starts, ends }) => starts > signsOn && ends < signsOff && starts < ends),
    signsOff,
  };
};

const signOffOffset = (chance: Chance): number => {
  const lot = chance.share();
  const { offVeryLate, offLate, offEarly } = habits;
  if (lot < offVeryLate.share) return chance.whole(offVeryLate.least, offVeryLate.most);
  if (lot < offVeryLate.share + offLate.share) return chance.whole(offLate.least, offLate.most);
  if (lot < offVeryLate.share + offLate.share + offEarly.share) return -chance.whole(1, offEarly.most);
  return chance.whole(0, habits.offAbout);
};

const breaksInGaps = (chance: Chance, gaps: readonly Stretch[]): Stretch[] =>
  gaps.flatMap(({ starts, ends }) => {
    const [after, before] = [chance.whole(0, 2), chance.whole(0, 2)];
    return chance.happens(habits.breakInGap) ? [{ starts: starts + after, ends: ends - before }] : [];
  });

/** Long work in one piece is now and then interrupted halfway, at a terminal. */
const breakInPiece = (chance: Chance, gaps: readonly Stretch[], { starts, ends }: Stretch): Stretch[] => {
  const { share, fromMinutes, length } = habits.breakInPiece;
  const halfway = Math.floor((starts + ends) / 2);
  const takes = chance.happens(share);
  return takes && gaps.length === 0 && ends - starts >= fromMinutes
    ? [{ starts: halfway, ends: halfway + length }]
    : [];
};
