/** What became of one command, as whoever gave it knows it. */
export type Outcome = {
  readonly command: number;
  readonly account: string;
  /** Unknown where the commit was asked for and not answered: it may be there, but whole. */
  readonly how: "acknowledged" | "refused" | "unknown";
  /** The account's version that was acknowledged; 0 where it was not. */
  readonly version: number;
};

/** How the way to PostgreSQL is broken; `at commit` waits for the next one and hits exactly it. */
export const cuts = ["cut", "freeze", "deafen", "cut at commit", "freeze at commit", "deafen at commit"] as const;

export type Cut = (typeof cuts)[number];

/** How a member of the group fails in the middle of its next batch of several events. */
export type Mishap =
  | { readonly kind: "die" | "leave" }
  /** Asleep, with heartbeats going on; or stiff, so that none is sent. Milliseconds. */
  | { readonly kind: "sleep"; readonly ms: number }
  | { readonly kind: "stiffen"; readonly ms: number };

/** From the campaign to a process. */
export type Order =
  | { readonly order: "go" | "stop" }
  | { readonly order: "cut"; readonly cut: Cut; readonly ms: number }
  /** `share` of the batch is handled before. */
  | { readonly order: "mishap"; readonly mishap: Mishap; readonly share: number };

/** From a process to the campaign. */
export type Word =
  | { readonly word: "ready" | "mended" | "over" }
  | { readonly word: "outcomes"; readonly outcomes: readonly Outcome[] }
  /** What must not happen in any campaign, in a sentence. */
  | { readonly word: "wrong"; readonly text: string };
