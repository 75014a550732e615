import { invalid } from "@headway/kernel/domain-error";

/** Begins like something that a spreadsheet would run, or like a cell that was defused already. */
const dangerous = /^[=+\-@\t\r']/;

/** A text that no spreadsheet runs: an apostrophe is put before it, `'` itself included so that `armed` is its inverse. */
export const defused = (text: string): string => (dangerous.test(text) ? `'${text}` : text);

/** The text that was defused. */
export const armed = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

/** RFC 4180: commas, CRLF after every row, quotes only where they are needed. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A quoted or a plain cell, and what ends it. */
const cellForm = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;

/** Reads RFC 4180, with LF for CRLF too. Refused with `csv.broken`, naming the row (from 1). */
export const readCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length || row.length > 0) {
    cellForm.lastIndex = position;
    const found = cellForm.exec(text);
    if (!found)
      throw invalid("csv.broken", `Row ${rows.length + 1} is not a row of CSV.`, { field: `row ${rows.length + 1}` });
    const [whole, inQuotes, plain = "", end] = found;
    row.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'));
    position += whole.length;
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
};
