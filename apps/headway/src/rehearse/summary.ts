import type { Check } from "./checks.ts";

/** What a rehearsal ends with, in the order in which it is shown. */
export type Summary = {
  readonly trips: number;
  readonly blocks: number;
  readonly runs: number;
  readonly duties: number;
  readonly drivers: number;
  readonly assignments: number;
  readonly events: number;
  readonly late: number;
  readonly missed: number;
  readonly replaced: number;
  readonly openDuties: number;
  readonly workedMinutes: number;
  readonly paidMinutes: number;
  readonly seconds: number;
  readonly payrollSha256: string;
  readonly checks: readonly Check[];
};

export const allHold = ({ checks }: Summary): boolean => checks.every(({ holds }) => holds);

/** The summary for people: figures in one column, then the checks. */
export const showSummary = (summary: Summary): string => {
  const { checks, ...figures } = summary;
  const width = Math.max(...Object.keys(figures).map((name) => words(name).length));
  return [
    ...Object.entries(figures).map(([name, value]) => `  ${words(name).padEnd(width)}  ${shown(value)}`),
    "",
    ...checks.map(({ name, holds, detail }) => `  ${holds ? "holds" : "FAILS"}  ${name} (${detail})`),
  ].join("\n");
};

/** `openDuties` as `open duties`. */
const words = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace("sha256", "SHA-256");

const shown = (value: number | string): string => (typeof value === "number" ? value.toLocaleString("en-GB") : value);
