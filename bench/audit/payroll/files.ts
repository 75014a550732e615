import { createHash } from "node:crypto";
import { compare, type Fact } from "../compare.ts";
import type { Check } from "../finding.ts";
import type { Audited } from "../logs.ts";
import { type PayLine, paidStates } from "./lines.ts";

type File = { period: string; content: Buffer; sha256: string };
type Batch = { period: string; batch: string };

/** A file is what was handed over, and its rows are the period's lines; the events say how many, and its SHA-256. */
export const checkFiles = async ({ db, logs }: Audited, lines: readonly PayLine[]): Promise<readonly Check[]> => {
  const files = await db.rows<File>("accounting", "select pay_period_id as period, content, sha256 from payroll_file");
  const linesOf = Map.groupBy(lines, ({ period }) => period);
  const batches = await db.rows<Batch>(
    "accounting",
    `select id as period, batch_id as batch from pay_period where state in ${paidStates}`,
  );
  const is = new Map(
    files.map((file): [string, Fact] => [file.period, toFact(file, linesOf.get(file.period) ?? [], batches)]),
  );
  return [
    compare({ where: "payroll files against the events of their export", should: logs.accounting.exported, is }),
    { where: "kept SHA-256 of payroll files", looked: files.length, wrong: files.flatMap(wrongHash) },
    checkRows(files, linesOf, batches),
    compare({
      where: "pay lines against the events of their calculation",
      should: logs.accounting.calculated,
      is: new Map(batches.map(({ period }) => [period, sumsOf(linesOf.get(period) ?? [])])),
    }),
  ];
};

const hashOf = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

const toFact = ({ period, content }: File, lines: readonly PayLine[], batches: readonly Batch[]): Fact => ({
  lines: lines.length,
  sha256: hashOf(content),
  batch: batches.find((one) => one.period === period)?.batch ?? null,
});

const wrongHash = ({ period, content, sha256 }: File): string[] =>
  hashOf(content) === sha256 ? [] : [`The file of ${period} has another SHA-256 than is kept of it.`];

const sumsOf = (lines: readonly PayLine[]): Fact => ({
  lines: lines.length,
  base_minutes: lines.filter(({ code }) => code === "BASE").reduce((sum, { minutes }) => sum + minutes, 0),
});

/** Row by row: what payroll reads is what accounting has. */
const checkRows = (
  files: readonly File[],
  linesOf: ReadonlyMap<string, readonly PayLine[]>,
  batches: readonly Batch[],
): Check => {
  const checks = files.map(({ period, content }) => {
    const { rows, again } = readRows(content.toString("utf8"));
    const batch = batches.find((one) => one.period === period)?.batch ?? "";
    const should = new Map((linesOf.get(period) ?? []).map((line): [string, Fact] => [line.id, toRow(line, batch)]));
    const { looked, wrong } = compare({ where: period, should, is: rows });
    return { looked, wrong: [...wrong, ...again.map((line) => `The file of ${period} has line ${line} twice.`)] };
  });
  return {
    where: "rows of payroll files against the pay lines",
    looked: checks.reduce((sum, { looked }) => sum + looked, 0),
    wrong: checks.flatMap(({ wrong }) => wrong),
  };
};

const toRow = (line: PayLine, batch: string): Fact => ({
  batch_id: batch,
  employee_no: line.employee_no,
  work_date: line.day,
  pay_code: line.code,
  minutes: String(line.minutes),
  factor: (line.factor / 1000).toFixed(3),
  rate_minor: String(line.rate),
  amount_minor: String(line.amount),
  currency: line.currency,
  cost_centre: line.cost_centre,
  duty_id: line.duty ?? "",
  rule_id: line.rule,
  rule_version: String(line.rule_version),
});

/** The cells of RFC 4180, by column and line; an apostrophe before a cell is there for spreadsheets. */
const readRows = (csv: string): { readonly rows: Map<string, Fact>; readonly again: readonly string[] } => {
  const [head = [], ...body] = csv
    .split("\r\n")
    .filter((row) => row !== "")
    .map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(toCell));
  const rows = new Map<string, Fact>();
  const again: string[] = [];
  for (const cells of body) {
    const row = Object.fromEntries(head.map((column, place) => [column, cells[place] ?? ""]));
    const line = row.line_id ?? "";
    if (rows.has(line)) again.push(line);
    rows.set(line, row);
  }
  return { rows, again };
};

const toCell = ([, quoted, plain = ""]: RegExpExecArray): string =>
  (quoted === undefined ? plain : quoted.replaceAll('""', '"')).replace(/^'/, "");
