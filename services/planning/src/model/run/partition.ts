import type { Block } from "../block/block.ts";
import type { Journey } from "../feed/feed.ts";
import { type Piece, type ServiceMinute, straightSwing } from "./run.ts";

/** A trip in whole minutes, rounded outwards so that nobody drives on another's time. */
export type Leg = { readonly trip: Journey; readonly starts: ServiceMinute; readonly ends: ServiceMinute };

/** A part of a block without a layover so long that nobody would wait on the vehicle. */
export type Stretch = { readonly block: Block; readonly legs: readonly Leg[] };

/** Minutes given to a stretch's first piece beyond its share, so that reliefs can fall at other times. */
const shifts = [0, -60, 60, -120, 120];
/** How many pieces more than the fewest are worth a try. */
const extraPieces = 2;

export const toLeg = (trip: Journey): Leg => ({
  trip,
  starts: Math.floor(trip.starts / 60),
  ends: Math.ceil(trip.ends / 60),
});

/** Cuts a block at its layovers that are longer than the swing of a straight run. */
export const stretchesOf = (block: Block): Stretch[] => {
  const stretches: Leg[][] = [];
  for (const leg of block.trips.map(toLeg)) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    if (last && before && leg.starts - before.ends <= straightSwing) last.push(leg);
    else stretches.push([leg]);
  }
  return stretches.map((legs) => ({ block, legs }));
};

/** Ways to cut a stretch where its trips end, into pieces of at most `longest` minutes; the most even way first. */
export const partitionsOf = ({ block, legs }: Stretch, longest: number): Piece[][] => {
  const fewest = Math.min(legs.length, Math.max(1, Math.ceil(lengthOf(legs, 0, legs.length) / longest)));
  const ways = new Map<string, Piece[]>();
  let enough = legs.length;
  for (let count = fewest; count <= enough; count++)
    for (const shift of shifts) {
      const cuts = evenCuts(legs, count, shift, longest);
      if (!cuts) continue;
      if (ways.size === 0) enough = Math.min(enough, count + extraPieces);
      if (!ways.has(cuts.join())) ways.set(cuts.join(), toPieces(block, legs, cuts));
    }
  return [...ways.values()];
};

/** Where to end each of `count` pieces so that they differ least (sum of squares) from an even share; null if none fits. */
const evenCuts = (legs: readonly Leg[], count: number, shift: number, longest: number): number[] | null => {
  const share = lengthOf(legs, 0, legs.length) / count;
  type Cut = { readonly cost: number; readonly at: number; readonly before: Cut | null };
  let cuts: (Cut | null)[] = [{ cost: 0, at: 0, before: null }];
  for (let piece = 1; piece <= count; piece++) {
    const wanted = piece === 1 && count > 1 ? share + shift : share;
    const next = new Array<Cut | null>(legs.length + 1).fill(null);
    for (let at = piece; at <= legs.length; at++)
      for (let from = at - 1; from >= piece - 1; from--) {
        const length = lengthOf(legs, from, at);
        if (length > longest) break;
        const before = cuts[from];
        if (!before) continue;
        const cost = before.cost + (length - wanted) ** 2;
        if (cost < (next[at]?.cost ?? Number.POSITIVE_INFINITY)) next[at] = { cost, at, before };
      }
    cuts = next;
  }
  const path: number[] = [];
  for (let cut = cuts[legs.length] ?? null; cut?.before; cut = cut.before) path.unshift(cut.at);
  return path.length > 0 ? path : null;
};

const lengthOf = (legs: readonly Leg[], from: number, to: number): number =>
  (legs[to - 1]?.ends ?? 0) - (legs[from]?.starts ?? 0);

const toPieces = (block: Block, legs: readonly Leg[], cuts: readonly number[]): Piece[] =>
  cuts.flatMap((cut, index) => {
    const own = legs.slice(cuts[index - 1] ?? 0, cut);
    const [first, last] = [own.at(0), own.at(-1)];
    if (!first || !last) return [];
    const trips = own.map(({ trip }) => trip.id);
    return [{ block: block.id, starts: first.starts, ends: last.ends, from: first.trip.from, to: last.trip.to, trips }];
  });
