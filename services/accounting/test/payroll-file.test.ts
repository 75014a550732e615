import fc from "fast-check";
import { expect, test } from "vitest";
import { armed, defused, readCsv, writeCsv } from "../src/model/csv.ts";
import {
  checkPayrollFile,
  controlTotals,
  type PayrollRow,
  readPayrollFile,
  writePayrollFile,
} from "../src/model/payroll-file.ts";

const row: PayrollRow = {
  batchId: "b",
  employeeNo: "1001",
  workDate: "2026-03-02",
  payCode: "OVERTIME",
  minutes: 90,
  factor: 500,
  rateMinor: 2000,
  amountMinor: 1500,
  currency: "EUR",
  costCentre: "NORTH",
  dutyId: "d",
  ruleId: "standard/daily-overtime",
  ruleVersion: 1,
  lineId: "l",
};

test("a payroll file has a header, CRLF and the factor in decimals", () => {
  expect(writePayrollFile([row])).toBe(
    "batch_id,employee_no,work_date,pay_code,minutes,factor,rate_minor,amount_minor,currency,cost_centre,duty_id,rule_id,rule_version,line_id\r\n" +
      "b,1001,2026-03-02,OVERTIME,90,0.500,2000,1500,EUR,NORTH,d,standard/daily-overtime,1,l\r\n",
  );
});

test.each(["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'a"])("the cell %j is defused", (text) => {
  expect(defused(text)).toBe(`'${text}`);
  expect(armed(defused(text))).toBe(text);
});

test("a reversal keeps its minus", () => {
  const [read] = readPayrollFile(writePayrollFile([{ ...row, minutes: -90, amountMinor: -1500 }]));
  expect(read).toMatchObject({ minutes: -90, amountMinor: -1500 });
});

const text = fc.string({ unit: "binary" });
const rows = fc.array(
  fc.record({
    ...{ batchId: text, employeeNo: text, workDate: text, payCode: text, currency: text, costCentre: text },
    ...{ dutyId: text, ruleId: text, lineId: text },
    minutes: fc.integer({ min: -9999, max: 9999 }),
    factor: fc.nat(9999),
    rateMinor: fc.nat(99_999),
    amountMinor: fc.integer({ min: -9999, max: 9999 }),
    ruleVersion: fc.nat(99),
  }),
);

test("what is written is what is read back, whatever the texts", () => {
  fc.assert(
    fc.property(rows, (given) => {
      expect(readPayrollFile(writePayrollFile(given))).toEqual(given);
    }),
  );
});

test("no text of a file begins like a formula", () => {
  fc.assert(
    fc.property(text, (cell) => {
      expect(defused(cell)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test("any cells survive CSV", () => {
  const table = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "a", "é") }), { minLength: 2, maxLength: 4 }),
  );
  fc.assert(
    fc.property(table, (cells) => {
      expect(readCsv(writeCsv(cells))).toEqual(cells);
    }),
  );
});

test("a file without the last line end and with LF alone is read too", () => {
  expect(readCsv('a,b\n"c, ""d""",e')).toEqual([
    ["a", "b"],
    ['c, "d"', "e"],
  ]);
  expect(readCsv("a,\r\n,b\r\n")).toEqual([
    ["a", ""],
    ["", "b"],
  ]);
});

test.each([
  ["a quote that never ends", 'a,"b\r\n', "row 1"],
  ["text after a quote", 'a,b\r\n"c"d,e\r\n', "row 2"],
])("refuses %s", (_, file, field) => {
  expect(() => readCsv(file)).toThrow(expect.objectContaining({ findings: [expect.objectContaining({ field })] }));
});

test.each([
  ["another header", (file: string) => file.replace("batch_id", "batch"), "row 1"],
  ["a missing cell", (file: string) => file.replace(",l\r\n", "\r\n"), "row 2"],
  ["a word for a number", (file: string) => file.replace(",90,", ",ninety,"), "row 2, minutes"],
])("refuses %s", (_, broken, field) => {
  const file = broken(writePayrollFile([row]));
  expect(() => readPayrollFile(file)).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ field })] }),
  );
});

test("totals are by currency, and a reversal counts against them", () => {
  const others = [
    { ...row, employeeNo: "1002", currency: "CHF", amountMinor: 700 },
    { ...row, minutes: -30, amountMinor: -500 },
  ];
  expect(controlTotals([row, ...others])).toEqual({
    lines: 3,
    drivers: 2,
    minutes: 150,
    amounts: [
      { currency: "CHF", minor: 700 },
      { currency: "EUR", minor: 1000 },
    ],
  });
});

test("a file that was tampered with is found out", () => {
  const totals = controlTotals([row]);
  const slugs = (given: readonly PayrollRow[]) =>
    checkPayrollFile(given, totals).map(({ field, slug }) => `${field} ${slug}`);
  expect(slugs([row])).toEqual([]);
  expect(slugs([{ ...row, amountMinor: 1501 }])).toEqual(["row 2 payroll-file.amount", "totals payroll-file.totals"]);
  expect(slugs([row, row])).toEqual(["row 3 payroll-file.line-again", "totals payroll-file.totals"]);
  expect(slugs([])).toEqual(["totals payroll-file.totals"]);
});
