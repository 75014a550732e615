import { quantile, type Spread, spread } from "./spread.ts";

/** What a figure must come to: its ratio to the peer, or its own median. */
type Goal = { readonly of: "ratio" | "ours"; readonly is: "at least" | "at most"; readonly value: number };

/** One thing measured in several repeats, each beside its peer or floor. */
export type Measurement = {
  readonly name: string;
  readonly unit: string;
  /** Null for what is shown for its own sake. */
  readonly goal: Goal | null;
  /** One value a repeat, or the worst of all where the goal is for each. */
  readonly ours: readonly number[];
  /** Measured in the same repeats, in the same order. */
  readonly peer: { readonly name: string; readonly values: readonly number[] } | null;
  /** What else is worth knowing, in a sentence. */
  readonly note?: string;
};

export type FigureSettings = {
  readonly repeats: number;
  readonly seed: number;
  /** Shows how far it is, on standard error. */
  readonly say: (line: string) => void;
};

/** A group of measurements that need the same things to stand. */
export type Figure = (settings: FigureSettings) => Promise<readonly Measurement[]>;

/** A measurement as it is told: medians, with the spread beside them. */
export type FigureLine = {
  readonly name: string;
  readonly unit: string;
  readonly goal: string | null;
  /** Null where it could not be measured. */
  readonly ours: number | null;
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly ratio: number | null;
  /** Null where there is no goal; false where it could not be measured. */
  readonly holds: boolean | null;
  readonly oursSpread: Spread | null;
  readonly peerSpread: Spread | null;
  readonly note: string | null;
};

/** The ratio is the middle of the ratios of the pairs: a machine that is slower for a while is so for both. Throws where a repeat has no peer. */
export const toLine = ({ name, unit, goal, ours, peer, note }: Measurement): FigureLine => {
  const ratio = peer && quantile(ratios(name, ours, peer.values), 0.5);
  const oursSpread = spread(ours);
  return {
    name,
    unit,
    goal: goal && told(goal),
    ours: oursSpread.median,
    peer: peer && quantile(peer.values, 0.5),
    peerName: peer?.name ?? null,
    ratio,
    holds: goal && reached(goal, goal.of === "ours" ? oursSpread.median : ratio),
    oursSpread,
    peerSpread: peer && spread(peer.values),
    note: note ?? null,
  };
};

/** The line of figures that could not be measured: they do not hold. */
export const brokenLine = (name: string, error: unknown): FigureLine => ({
  name,
  unit: "",
  goal: null,
  ours: null,
  peer: null,
  peerName: null,
  ratio: null,
  holds: false,
  oursSpread: null,
  peerSpread: null,
  note: `could not be measured: ${error instanceof Error ? error.message : String(error)}`,
});

const ratios = (name: string, ours: readonly number[], peers: readonly number[]): number[] =>
  ours.map((value, repeat) => {
    const peer = peers[repeat];
    if (peer === undefined || ours.length !== peers.length) throw new Error(`${name}: a repeat has no peer.`);
    return value / peer;
  });

const told = ({ of, is, value }: Goal): string =>
  `${is === "at least" ? "≥" : "≤"} ${value}${of === "ratio" ? "x" : ""}`;

const reached = ({ is, value }: Goal, measured: number | null): boolean => {
  if (measured === null) throw new Error("A goal for a ratio needs a peer.");
  return is === "at least" ? measured >= value : measured <= value;
};
