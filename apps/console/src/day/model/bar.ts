import type { Duty } from "./duty.ts";
import { lateSeconds } from "./lateness.ts";
import { type Scale, xOf } from "./scale.ts";

/** A stretch on the track in pixels. */
export type Stretch = { readonly x: number; readonly width: number };

/** A duty drawn: the plan, its pieces and swings; what happened is drawn over it. */
export type Bar = {
  readonly plan: Stretch;
  readonly pieces: readonly Stretch[];
  /** Gaps between pieces, hollow. */
  readonly swings: readonly Stretch[];
  /** From planned start to sign-on: how late, as a length. Ends at now (`null` width) while still missing. */
  readonly late: OpenStretch | null;
  /** From sign-on to sign-off, or to the break that goes on; to now (`null` width) while on duty. */
  readonly actual: OpenStretch | null;
  /** The break that goes on, to now. */
  readonly rest: OpenStretch | null;
};

/** A stretch that ends at now where it has no width. */
export type OpenStretch = { readonly x: number; readonly width: number | null };

const thinnest = 3;

/** Where a duty is drawn on the track. */
export const barOf = (duty: Duty, scale: Scale): Bar => ({
  plan: stretch(scale, duty.starts, duty.ends),
  pieces: duty.pieces.map((piece) => stretch(scale, piece.starts, piece.ends)),
  swings: duty.pieces.slice(1).flatMap((piece, index) => {
    const before = duty.pieces[index];
    return before !== undefined && before.ends < piece.starts ? [stretch(scale, before.ends, piece.starts)] : [];
  }),
  late: lateStretch(duty, scale),
  actual: actualStretch(duty, scale),
  rest: duty.breakSince === null ? null : { x: xOf(scale, duty.breakSince), width: null },
});

const stretch = (scale: Scale, from: number, to: number): Stretch => {
  const x = xOf(scale, from);
  return { x, width: Math.max(thinnest, xOf(scale, to) - x) };
};

const lateStretch = (duty: Duty, scale: Scale): Bar["late"] => {
  const x = xOf(scale, duty.starts);
  if (duty.signedOn === null) return duty.state === "late" || duty.state === "missed" ? { x, width: null } : null;
  return lateSeconds(duty, duty.signedOn) < 60 ? null : stretch(scale, duty.starts, duty.signedOn);
};

const actualStretch = (duty: Duty, scale: Scale): Bar["actual"] => {
  if (duty.signedOn === null) return null;
  // Where Headway signed off, the work counts until the planned end.
  const until = duty.signedOff ?? (duty.state === "needs-review" ? duty.ends : duty.breakSince);
  if (until !== null) return stretch(scale, duty.signedOn, until);
  return { x: xOf(scale, duty.signedOn), width: null };
};
