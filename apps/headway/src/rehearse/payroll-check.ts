import type { Check } from "./checks.ts";
import { baseCode, type PayrollLine, wrongLines } from "./payroll-file.ts";

/** What accounting says about the file that it wrote. */
export type PayrollTotals = { readonly lines: number; readonly baseMinutes: number; readonly amountMinor: number };

/** The file, read back from the disk: every line adds up in itself, all lines to what accounting says, and no line is there twice. */
export const payrollAddsUp = (lines: readonly PayrollLine[], totals: PayrollTotals): Check => {
  const sum = (value: (line: PayrollLine) => number): number => lines.reduce((all, line) => all + value(line), 0);
  const [wrong] = wrongLines(lines);
  const amount = sum((line) => line.amountMinor);
  const problems = [
    ...(wrong
      ? [`${wrong.employee} on ${wrong.date}, ${wrong.code}: ${wrong.minutes} min make ${wrong.amountMinor}?`]
      : []),
    ...(new Set(lines.map(({ line }) => line)).size === lines.length ? [] : ["a line is there twice"]),
    ...differs("lines", lines.length, totals.lines),
    ...differs(
      "base minutes",
      sum(({ code, minutes }) => (code === baseCode ? minutes : 0)),
      totals.baseMinutes,
    ),
    ...differs("amount", amount, totals.amountMinor),
  ];
  return {
    name: "the payroll read back adds up",
    holds: problems.length === 0,
    detail: problems.length === 0 ? `${lines.length} lines, ${amount} in the smallest unit` : problems.join("; "),
  };
};

const differs = (what: string, inFile: number, said: number): string[] =>
  inFile === said ? [] : [`${what}: ${inFile} in the file, ${said} by accounting`];
