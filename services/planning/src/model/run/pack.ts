import { type Piece, straightSwing } from "./run.ts";
import type { RunLimits } from "./run-limits.ts";

/** Pieces of one run so far. */
export type Packed = { pieces: Piece[]; driven: number; starts: number; ends: number; split: boolean };

export type Packing = { readonly runs: readonly Packed[]; readonly comparisons: number };

/**
 * Gives pieces to drivers in order of time: to the one on the shortest break whom the limits allow, else to a new one.
 * A straight run's break ends where it began; only a longer one leaves the time to go elsewhere.
 */
export const pack = (pieces: readonly Piece[], limits: RunLimits): Packing => {
  const { maxBreak, report, clear } = limits;
  // No break at all would make two pieces one, longer than a piece may be.
  const minBreak = Math.max(1, limits.minBreak);
  const mostDriven = limits.maxWork - report - clear;
  const mostSpread = limits.maxSpread - report - clear;
  const runs: Packed[] = [];
  let open: Packed[] = [];
  let comparisons = 0;
  for (const piece of pieces) {
    const length = piece.ends - piece.starts;
    open = open.filter(({ ends }) => piece.starts - ends <= maxBreak);
    comparisons += open.length;
    const best = open.reduce<Packed | null>((best, run) => {
      const gap = piece.starts - run.ends;
      if (gap < minBreak || (best && run.ends <= best.ends)) return best;
      if (run.driven + length > mostDriven || piece.ends - run.starts > mostSpread) return best;
      return gap > straightSwing || run.pieces.at(-1)?.to === piece.from ? run : best;
    }, null);
    if (best) add(best, piece);
    else {
      const run = { pieces: [piece], driven: length, starts: piece.starts, ends: piece.ends, split: false };
      runs.push(run);
      open.push(run);
    }
  }
  return { runs, comparisons };
};

const add = (run: Packed, piece: Piece): void => {
  run.split ||= piece.starts - run.ends > straightSwing;
  run.pieces.push(piece);
  run.driven += piece.ends - piece.starts;
  run.ends = piece.ends;
};
