import { Temporal } from "temporal-polyfill";
import { conflict } from "./domain-error.ts";

export type Instant = Temporal.Instant;

/** Where a service gets its time from; nothing else may ask the machine for it. */
export type Clock = { readonly now: () => Instant };

/** The machine's clock. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** The clock of a rehearsal: stands still until it is set, and never runs backwards. */
export class SetClock implements Clock {
  #at: Instant;

  constructor(at: Instant) {
    this.#at = at;
  }

  now = (): Instant => this.#at;

  /** As fine as the machine's clock: what is finer a database would round, and be ahead of it. Refused with `clock.backwards`. */
  set(to: Instant): void {
    const at = to.round({ smallestUnit: "millisecond", roundingMode: "floor" });
    if (Temporal.Instant.compare(at, this.#at) < 0)
      throw conflict("clock.backwards", `The clock stands at ${this.#at} and never runs backwards to ${at}.`);
    this.#at = at;
  }
}
