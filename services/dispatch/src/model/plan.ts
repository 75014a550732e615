import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { Interval } from "@headway/kernel/interval";
import { isBefore } from "@headway/kernel/time";

/** When a duty is to be worked: from report to clear, in pieces. What lies between two pieces is nobody's work. */
export type Plan = Interval & { readonly pieces: readonly Interval[] };

/** The gaps between the pieces, in order. */
export const gapsOf = ({ pieces }: Plan): Interval[] =>
  pieces.slice(1).map((piece, index) => ({ starts: (pieces[index] ?? piece).ends, ends: piece.starts }));

/** Refused with `duty.over` from the planned end on: nobody can come any more. */
export const mustNotBeOver = ({ ends }: Plan, at: Instant): void => {
  if (!isBefore(at, ends)) throw conflict("duty.over", `This duty ended at ${ends}.`);
};
