import { type Finding, invalid } from "@headway/kernel/domain-error";
import { factor, minor, payFor } from "@headway/kernel/money";
import { armed, defused, readCsv, writeCsv } from "./csv.ts";

/** One row of the payroll file: dates and ids as text, money in minor units, the factor in thousandths. */
export type PayrollRow = {
  readonly batchId: string;
  readonly employeeNo: string;
  readonly workDate: string;
  readonly payCode: string;
  /** Negative where an earlier line is taken back. */
  readonly minutes: number;
  readonly factor: number;
  readonly rateMinor: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly costCentre: string;
  /** Empty where the line is for no single duty. */
  readonly dutyId: string;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly lineId: string;
};

const header =
  "batch_id,employee_no,work_date,pay_code,minutes,factor,rate_minor,amount_minor,currency,cost_centre,duty_id,rule_id,rule_version,line_id".split(
    ",",
  );

/** The file in Headway's generic payroll format: a header and one row for each line, in the given order. */
export const writePayrollFile = (rows: readonly PayrollRow[]): string => writeCsv([header, ...rows.map(toCells)]);

/** Texts are defused; numbers are ours, and a minus must stay one. */
const toCells = (row: PayrollRow): string[] => [
  defused(row.batchId),
  defused(row.employeeNo),
  defused(row.workDate),
  defused(row.payCode),
  String(row.minutes),
  (row.factor / 1000).toFixed(3),
  String(row.rateMinor),
  String(row.amountMinor),
  defused(row.currency),
  defused(row.costCentre),
  defused(row.dutyId),
  defused(row.ruleId),
  String(row.ruleVersion),
  defused(row.lineId),
];

/** Reads a payroll file. Refused with `payroll-file.header`, or with `payroll-file.cell` naming row and column. */
export const readPayrollFile = (text: string): PayrollRow[] => {
  const [first = [], ...rows] = readCsv(text);
  if (first.join() !== header.join())
    throw invalid("payroll-file.header", `The header of a payroll file is ${header.join(",")}.`, { field: "row 1" });
  return rows.map((cells, index) => toRow(cells, index + 2));
};

const toRow = (cells: readonly string[], number: number): PayrollRow => {
  const row = `row ${number}`;
  if (cells.length !== header.length)
    throw invalid("payroll-file.cell", `${row} has ${cells.length} cells, not ${header.length}.`, { field: row });
  const cell = new Map(header.map((name, index) => [name, cells[index] ?? ""]));
  const text = (name: string): string => armed(cell.get(name) ?? "");
  const whole = (name: string, form = /^-?\d{1,15}$/): number => {
    const digits = cell.get(name) ?? "";
    if (form.test(digits)) return Number(digits.replace(".", ""));
    throw invalid("payroll-file.cell", `${name} in ${row} is not a number: "${digits}".`, { field: `${row}, ${name}` });
  };
  return {
    batchId: text("batch_id"),
    employeeNo: text("employee_no"),
    workDate: text("work_date"),
    payCode: text("pay_code"),
    minutes: whole("minutes"),
    factor: whole("factor", /^\d{1,9}\.\d{3}$/),
    rateMinor: whole("rate_minor"),
    amountMinor: whole("amount_minor"),
    currency: text("currency"),
    costCentre: text("cost_centre"),
    dutyId: text("duty_id"),
    ruleId: text("rule_id"),
    ruleVersion: whole("rule_version"),
    lineId: text("line_id"),
  };
};

/** The sums by which the receiver of a file sees that nothing was lost on the way. */
export type ControlTotals = {
  readonly lines: number;
  readonly drivers: number;
  readonly minutes: number;
  /** In the order of the currencies' codes. */
  readonly amounts: readonly { readonly currency: string; readonly minor: number }[];
};

export const controlTotals = (rows: readonly PayrollRow[]): ControlTotals => {
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return {
    lines: rows.length,
    drivers: new Set(rows.map(({ employeeNo }) => employeeNo)).size,
    minutes: sum(rows.map(({ minutes }) => minutes)),
    amounts: [...byCurrency.keys()].toSorted().map((currency) => ({
      currency,
      minor: sum((byCurrency.get(currency) ?? []).map(({ amountMinor }) => amountMinor)),
    })),
  };
};

/** What is wrong with a file that was read back: amounts that do not follow from their row, lines told twice, totals that differ. */
export const checkPayrollFile = (rows: readonly PayrollRow[], expected: ControlTotals): Finding[] => {
  const seen = new Set<string>();
  const findings = rows.flatMap((row, index): Finding[] => {
    const field = `row ${index + 2}`;
    const again = seen.has(row.lineId);
    seen.add(row.lineId);
    const amount = payFor(row.minutes, minor(row.rateMinor), factor(row.factor));
    return [
      ...(again ? [{ field, slug: "payroll-file.line-again", message: `${field} repeats line ${row.lineId}.` }] : []),
      ...(amount === row.amountMinor
        ? []
        : [
            {
              field,
              slug: "payroll-file.amount",
              message: `${field} says ${row.amountMinor} where ${amount} follows from it.`,
            },
          ]),
    ];
  });
  const [is, should] = [controlTotals(rows), expected].map((totals) => JSON.stringify(totals));
  const differ = {
    field: "totals",
    slug: "payroll-file.totals",
    message: `The file adds up to ${is}, not to ${should}.`,
  };
  return is === should ? findings : [...findings, differ];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
