import type { Spread } from "./spread.ts";

/** What a campaign of faults came to, counted from the outside. */
export type FaultLine = {
  readonly name: string;
  /** How often the fault was made. */
  readonly tries: number;
  /** Commands, or events, that were acknowledged to somebody. */
  readonly acknowledged: number;
  /** Of these, those that are not there at the end. */
  readonly lost: number;
  /** Effects that are there more often than once, or that nobody was told of. */
  readonly doubled: number;
  /** Events of one aggregate that came in another order than they were recorded in; null where the campaign does not count them. */
  readonly disordered: number | null;
  /** True where nothing is lost, doubled or disordered, and there are no findings. */
  readonly holds: boolean;
  /** What else was found wrong, in a sentence each: by the audit, or by the campaign. */
  readonly findings: readonly string[];
  /** Milliseconds until all worked again, over all tries. */
  readonly recoveryMs: Spread | null;
};

export type FaultSettings = {
  /** Null for as many as the campaign makes by itself. */
  readonly tries: number | null;
  readonly seed: number;
  /** Shows how far it is, on standard error. */
  readonly say: (line: string) => void;
};

/** One campaign: makes the faults under load, waits until all is quiet, and counts. */
export type Fault = (settings: FaultSettings) => Promise<readonly FaultLine[]>;

/** Adds the verdict to what was counted. A campaign that acknowledged nothing proves nothing. */
export const judged = (counted: Omit<FaultLine, "holds">): FaultLine => ({
  ...counted,
  holds:
    counted.acknowledged > 0 &&
    counted.lost === 0 &&
    counted.doubled === 0 &&
    (counted.disordered ?? 0) === 0 &&
    counted.findings.length === 0,
});

/** The line of a campaign that could not be made: it proves nothing. */
export const brokenLine = (name: string, error: unknown): FaultLine =>
  judged({
    name,
    tries: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    disordered: null,
    findings: [`could not be made: ${error instanceof Error ? error.message : String(error)}`],
    recoveryMs: null,
  });
