import { invalid } from "@headway/kernel/domain-error";
import { tidy } from "@headway/kernel/text";
import { CsvError, parse } from "csv-parse/sync";
import type { NumberedRow } from "../model/staff-import.ts";
import { type StaffRecord, staffColumns } from "../model/staff-row.ts";

/** Reads a staff list. Refused with `staff-list.not-text`, `staff-list.unreadable` (not CSV) or `staff-list.columns`; bytes that are not UTF-8 become U+FFFD, which the row's finding names. */
export const readStaffList = (content: Uint8Array): readonly NumberedRow[] => {
  const text = new TextDecoder("utf-8").decode(content);
  demandText(text);
  const [header = [], ...table] = parseTable(text);
  const columns = header.map(tidy);
  demandColumns(columns);
  return table.flatMap((cells, index) =>
    cells.every((cell) => cell.trim() === "") ? [] : [{ row: index + 2, record: toRecord(columns, cells) }],
  );
};

// What is not text shows it in its first line; a spreadsheet's own format is a zip.
const demandText = (text: string): void => {
  const [firstLine = ""] = text.slice(0, 4096).split("\n", 1);
  if (/[^\P{Cc}\t\r]|\ufffd/u.test(firstLine))
    throw invalid("staff-list.not-text", "This is not a text file in UTF-8. Save the list as CSV, UTF-8.");
};

const parseTable = (text: string): string[][] => {
  try {
    return parse(text, { bom: true, relax_column_count: true });
  } catch (error) {
    // The parser quotes what it stumbled over, which may be anything.
    const where = error instanceof CsvError ? ` A quote in line ${error.lines} is out of place or not closed.` : "";
    throw invalid("staff-list.unreadable", `The file is no CSV.${where}`);
  }
};

const demandColumns = (columns: readonly string[]): void => {
  const missing = staffColumns.filter((name) => !columns.includes(name));
  const unknown = columns.filter((name) => !staffColumns.some((known) => known === name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw invalid(
    "staff-list.columns",
    `Row 1 must name the columns ${staffColumns.join(", ")}.${named("Missing", missing)}${named("Unknown", unknown)}`,
  );
};

const named = (what: string, columns: readonly string[]): string =>
  columns.length === 0
    ? ""
    : ` ${what}: ${columns
        .map((name) => name.slice(0, 40))
        .slice(0, 10)
        .join(", ")}.`;

const toRecord = (columns: readonly string[], cells: readonly string[]): StaffRecord => {
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
  return {
    number: cell("number"),
    given_name: cell("given_name"),
    family_name: cell("family_name"),
    depot: cell("depot"),
    hired_on: cell("hired_on"),
    agreement: cell("agreement"),
    weekly_minutes: cell("weekly_minutes"),
    hourly_rate: cell("hourly_rate"),
    currency: cell("currency"),
    qualifications: cell("qualifications"),
  };
};
