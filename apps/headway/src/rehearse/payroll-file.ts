import { createHash } from "node:crypto";
import { factor, minor, payFor } from "@headway/kernel/money";
import { csvLine, readCsv } from "../demo/csv.ts";

/** One line of the payroll file; the columns are those of the generic CSV format. */
export type PayrollLine = {
  readonly employee: string;
  readonly date: string;
  readonly code: string;
  readonly minutes: number;
  readonly factorThousandths: number;
  readonly rateMinor: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly line: string;
};

/** The pay code of what was worked, once for every minute; everything else is paid on top of it. */
export const baseCode = "BASE";

/** Columns whose values are made anew in each rehearsal. */
const generated = new Set(["batch_id", "duty_id", "line_id"]);

/** The file's lines without generated ids, sorted, as a hash: equal for equal pay. */
export const payrollSha256 = (file: string): string => {
  const lines = readCsv(file).map((row) =>
    csvLine(
      Object.entries(row)
        .filter(([column]) => !generated.has(column))
        .map(([, value]) => value),
    ),
  );
  return createHash("sha256").update(lines.sort().join("")).digest("hex");
};

export const readPayroll = (file: string): PayrollLine[] =>
  readCsv(file).map((row) => ({
    employee: row.employee_no ?? "",
    date: row.work_date ?? "",
    code: row.pay_code ?? "",
    minutes: Number(row.minutes),
    factorThousandths: Math.round(Number(row.factor) * 1000),
    rateMinor: Number(row.rate_minor),
    amountMinor: Number(row.amount_minor),
    currency: row.currency ?? "",
    line: row.line_id ?? "",
  }));

/** Lines that do not add up in themselves: the amount is not minutes x rate x factor, or a number is none. */
export const wrongLines = (lines: readonly PayrollLine[]): PayrollLine[] =>
  lines.filter(
    ({ minutes, factorThousandths, rateMinor, amountMinor }) =>
      ![minutes, factorThousandths, rateMinor, amountMinor].every(Number.isInteger) ||
      payFor(minutes, minor(rateMinor), factor(factorThousandths)) !== amountMinor,
  );
