/** One line of a CSV file (RFC 4180): cells are quoted only where they must be. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => quoted(String(cell))).join(",")}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The rows of a CSV file by the names of its first line. Cells that are not there are empty texts. */
export const readCsv = (text: string): Record<string, string>[] => {
  const [head = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ""));
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ""])));
};

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

const cellsOf = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [whole, inQuotes, plain, end] = cell.exec(text) ?? [];
    if (whole === undefined) throw new Error(`A cell at character ${at} of the CSV file is not closed.`);
    row.push(inQuotes === undefined ? (plain ?? "") : inQuotes.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows.filter((cells) => cells.length > 1 || cells[0] !== "");
};
