import type { Duty } from "./duty.ts";
import type { Span } from "./scale.ts";

/** How many duties are under way in each slot of a day: the shape of the day in one line. */
export type Profile = { readonly slotSeconds: number; readonly counts: readonly number[]; readonly most: number };

const slotSeconds = 600;

/** Counts the planned duties of every ten minutes; a cancelled one is not work. */
export const profileOf = (duties: readonly Duty[], span: Span): Profile => {
  const slots = Math.ceil((span.to - span.from) / slotSeconds);
  const steps = new Array<number>(slots + 1).fill(0);
  for (const { state, starts, ends } of duties) {
    if (state === "cancelled") continue;
    const first = Math.max(0, Math.floor((starts - span.from) / slotSeconds));
    const after = Math.min(slots, Math.ceil((ends - span.from) / slotSeconds));
    steps[first] = (steps[first] ?? 0) + 1;
    steps[after] = (steps[after] ?? 0) - 1;
  }
  let under = 0;
  const counts = steps.slice(0, slots).map((step) => {
    under += step;
    return under;
  });
  return { slotSeconds, counts, most: Math.max(0, ...counts) };
};
