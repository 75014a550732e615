import { canonical } from "../facts.ts";
import type { Check } from "../finding.ts";
import { amountOf, type PayLine, standingOf } from "./lines.ts";

/** Each line follows from itself; a correction takes back exactly what it names, and once. */
export const checkLines = (lines: readonly PayLine[]): readonly Check[] => {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const reversals = lines.filter(({ kind }) => kind === "reversal");
  const takenBack = new Set(reversals.map(({ corrects }) => corrects));
  return [
    { where: "amounts of pay lines", looked: lines.length, wrong: lines.flatMap(wrongAmount) },
    {
      where: "reversals against the lines that they name",
      looked: reversals.length,
      wrong: [...reversals.flatMap((line) => wrongReversal(line, byId)), ...twice(reversals)],
    },
    {
      where: "corrections against the lines that they replace",
      looked: lines.filter(({ kind, corrects }) => kind === "pay" && corrects !== null).length,
      wrong: lines
        .filter(({ kind, corrects }) => kind === "pay" && corrects !== null && !takenBack.has(corrects))
        .map(({ id, corrects }) => `${id} replaces ${corrects}, which nothing took back.`),
    },
    checkIntervals(standingOf(lines).filter(({ code }) => code === "BASE")),
  ];
};

const wrongAmount = (line: PayLine): string[] => {
  const amount = amountOf(line);
  return amount === line.amount ? [] : [`${line.id} pays ${line.amount}, and ${amount} follows from it.`];
};

const wrongReversal = (line: PayLine, byId: ReadonlyMap<string, PayLine>): string[] => {
  const named = byId.get(line.corrects ?? "");
  if (!named) return [`${line.id} names ${line.corrects}, which is not there.`];
  if (named.kind === "reversal") return [`${line.id} takes back ${named.id}, a reversal.`];
  const other = repeated.filter((field) => canonical(line[field]) !== canonical(named[field]));
  const undone = line.minutes === -named.minutes && line.amount === -named.amount;
  return other.length === 0 && undone
    ? []
    : [`${line.id} does not take back exactly ${named.id}: ${other.join(", ") || "other minutes or amount"}.`];
};

/** What a reversal repeats of the line that it takes back. */
const repeated = [
  "driver",
  "employee_no",
  "day",
  "depot",
  "cost_centre",
  "component",
  "code",
  "factor",
  "rate",
  "currency",
  "duty",
  "rule",
  "rule_version",
  "sentence",
  "intervals",
] as const;

const twice = (reversals: readonly PayLine[]): string[] =>
  [...Map.groupBy(reversals, ({ corrects }) => corrects)]
    .filter(([, lines]) => lines.length > 1)
    .map(([line, { length }]) => `${line} was taken back ${length} times.`);

type Stretch = { readonly line: string; readonly starts: number; readonly ends: number };

/** Nobody is paid twice for a minute: the stretches of a driver's base lines that stand do not overlap, and add up to their minutes. */
const checkIntervals = (standing: readonly PayLine[]): Check => {
  const wrong: string[] = [];
  for (const [driver, lines] of Map.groupBy(standing, (line) => line.driver)) {
    const stretches = lines.flatMap(toStretches).sort((a, b) => a.starts - b.starts);
    for (const [place, { line, starts }] of stretches.entries()) {
      const before = stretches[place - 1];
      if (before && before.ends > starts)
        wrong.push(`${driver} is paid twice for a time: by ${before.line} and ${line}.`);
    }
    for (const line of lines) {
      const minutes = toStretches(line).reduce((sum, { starts, ends }) => sum + (ends - starts) / 60_000, 0);
      if (minutes !== line.minutes)
        wrong.push(`${line.id} pays ${line.minutes} min, and its stretches last ${minutes} min.`);
    }
  }
  return { where: "stretches of a driver's base lines", looked: standing.length, wrong };
};

const toStretches = ({ id, intervals }: PayLine): Stretch[] =>
  intervals.map(({ starts, ends }) => ({ line: id, starts: Date.parse(starts), ends: Date.parse(ends) }));
