import type { Signing } from "./desk.ts";
import type { Minute } from "./minute.ts";

/** Minutes after the planned start from which on a driver counts as late, and as missed. */
const lateAfter = 5;
export const missedAfter = 20;

/**
 * The minute by which signings must be handed in, so that nobody counts as late or missed who was not: a terminal may keep
 * them as long as nothing becomes due that one of them would have prevented, and never longer than `most` minutes.
 */
export const handInBefore = (signings: readonly Signing[], most: Minute): Minute =>
  signings.reduce(
    (least, signing) => Math.min(least, signing.minute + most + 1, dueAfter(signing)),
    Number.POSITIVE_INFINITY,
  );

const dueAfter = ({ kind, minute, held: { duty } }: Signing): Minute =>
  kind === "sign-on"
    ? ([duty.starts + lateAfter, duty.starts + missedAfter].find((due) => due > minute) ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;
