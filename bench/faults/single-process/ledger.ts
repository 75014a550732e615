import type { Outcome } from "./line.ts";

/** What has been acknowledged to the clients: by kind, what, and how often. */
export type Ledger = {
  /** Notes that something was done, once more. */
  readonly done: (kind: Kind, what: string) => void;
  /** Notes an answer that nobody should get. */
  readonly strange: (what: string, outcome: Outcome<unknown>) => void;
  readonly acknowledged: () => number;
  readonly expected: ReadonlyMap<string, number>;
  readonly findings: readonly string[];
};

type Kind =
  | "hired"
  | "granted"
  | "requested"
  | "approved"
  | "terminated"
  | "released"
  | "assigned"
  | "signed"
  | "opened"
  | "covered"
  | "exported"
  | "named";

export const newLedger = (): Ledger => {
  const expected = new Map<string, number>();
  const findings: string[] = [];
  return {
    done: (kind, what) => {
      const key = `${kind} ${what}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    },
    strange: (what, { status, slug, again }) =>
      void findings.push(`${what} was answered ${status} ${slug}${again ? ", at a repetition" : ""}.`),
    acknowledged: () => [...expected.values()].reduce((sum, count) => sum + count, 0),
    expected,
    findings,
  };
};
