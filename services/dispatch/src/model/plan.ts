import type { Interval } from "@headway/kernel/interval";

/** When a duty is to be worked: from report to clear, in pieces. What lies between two pieces is nobody's work. */
export type Plan = Interval & { readonly pieces: readonly Interval[] };

/** The gaps between the pieces, in order. */
export const gapsOf = ({ pieces }: Plan): Interval[] =>
  pieces.slice(1).map((piece, index) => ({ starts: (pieces[index] ?? piece).ends, ends: piece.starts }));
