/** What must hold, whatever happened. */
const invariants = ["event-log", "outbox", "inbox", "reporting", "payroll", "double-booking", "at-rest"] as const;
export type Invariant = (typeof invariants)[number];

/** Something that is not as it must be. */
export type Finding = {
  readonly invariant: Invariant;
  /** The check that found it: whose tables or events were held against whose. */
  readonly where: string;
  readonly detail: string;
};

/** One comparison: how much it looked at, and what was wrong. */
export type Check = { readonly where: string; readonly looked: number; readonly wrong: readonly string[] };

/** A check with the invariant that it is for. */
export type Checked = Check & { readonly invariant: Invariant };

/** The most that is told of one check: a thousand lines of one fault say no more than a few. */
const most = 10;

export const findingsOf = (checked: readonly Checked[]): readonly Finding[] =>
  checked.flatMap(({ invariant, where, wrong }) => {
    const more = wrong.length > most ? [`${wrong.length - most} more like these.`] : [];
    return [...wrong.slice(0, most), ...more].map((detail) => ({ invariant, where, detail }));
  });

/** The same, a line each. */
export const toldFindings = (checked: readonly Checked[]): readonly string[] =>
  findingsOf(checked).map(({ invariant, where, detail }) => `${invariant}, ${where}: ${detail}`);
