import type { PlainDate } from "@headway/kernel/time";
import type { Headway } from "./headway.ts";
import type { Progress } from "./progress.ts";

/** What is to be rehearsed. */
export type Rehearsal = {
  /** Path of a GTFS zip. */
  readonly feed: string;
  readonly from: PlainDate;
  readonly days: number;
  readonly seed: number;
  /** Where the payroll file goes. */
  readonly out: string;
};

/** Where it takes place, and where it is shown how far it is. */
export type Stage = { readonly url: string; readonly headway: Headway; readonly progress: Progress };

/** A rehearsal that cannot begin, with the reason and the remedy in a line. */
export class CannotRehearse extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "CannotRehearse";
  }
}
