import type { Instant } from "@headway/kernel/clock";
import type { Id } from "@headway/kernel/ids";
import type { FeedFinding } from "./feed/finding.ts";
import type { FeedId } from "./ids.ts";

export type FeedImportId = Id<"FeedImport">;

/** A zip as it was handed in. */
export type HandedIn = { readonly fileName: string; readonly content: Buffer; readonly at: Instant };

export type FeedImport = {
  readonly id: FeedImportId;
  readonly state: "running" | "done" | "failed";
  /** Once it is done. */
  readonly feed: FeedId | null;
  readonly progress: Progress;
  /** Of the zip. */
  readonly bytes: number;
  readonly findings: readonly FeedFinding[];
  readonly startedAt: Instant;
};

/** How far the reading is: the file in hand, rows of all files, and bytes of the zip. */
export type Progress = { readonly file: string; readonly rows: number; readonly bytes: number };

/** Readings of one file that may end without a word, by a kill, before it is given up: it may be the file that kills. */
export const mostAttempts = 3;
