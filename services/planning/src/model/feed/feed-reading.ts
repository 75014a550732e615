import { Cells } from "./cells.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import type { Feed } from "./feed.ts";
import type { FeedFinding } from "./finding.ts";
import { finishFeed } from "./finish-feed.ts";
import { type Table, tables } from "./tables.ts";

/** What became of a feed: read, or null because of its errors. */
export type ReadFeed = { readonly feed: Feed | null; readonly findings: readonly FeedFinding[] };

/** The files that matter to planning, in the order in which they must be read. */
export const feedFiles: readonly string[] = tables.map(({ file }) => file);

/** Takes a row of a file (`number` counts the header as 1). False once the file has more rows than a feed may have. */
export type TakeRow = (row: readonly string[], number: number) => boolean;

/**
 * Reads a feed row by row, wherever the rows come from. Say which files there are; open each in the order of `feedFiles`,
 * give it its rows and close it; then finish. What is wrong is collected, and only the cause: a row that names something
 * in a file which is wrong itself is no finding. Nothing is thrown.
 */
export class FeedReading {
  readonly #draft: Draft = emptyDraft();
  readonly #rows = new Map<string, number>();

  constructor(files: ReadonlySet<string>) {
    for (const { file, required } of tables)
      if (required && !files.has(file)) this.refuse(file, null, `The feed has no ${file}.`);
    if (!files.has("calendar.txt") && !files.has("calendar_dates.txt"))
      this.refuse("calendar.txt", null, "The feed has neither calendar.txt nor calendar_dates.txt.");
  }

  /** Takes a file's header, and answers with what takes its rows. */
  open(file: string, header: readonly string[]): TakeRow {
    const table = tableOf(file);
    const cells = new Cells(file, header, this.#draft.findings);
    const readable = this.#hasColumns(table, cells, header);
    return (row, number) => {
      if (number > table.mostRows + 1) {
        this.refuse(file, null, `${file} has more than ${table.mostRows.toLocaleString("en-GB")} rows.`);
        return false;
      }
      if (!readable || (row.length === 1 && row[0]?.trim() === "")) return true;
      this.#rows.set(file, (this.#rows.get(file) ?? 0) + 1);
      cells.at(row, number);
      table.read(cells, this.#draft);
      return true;
    };
  }

  /** The file has been read to its end. */
  close(file: string): void {
    if (tableOf(file).required && !this.#rows.has(file) && this.#draft.findings.isSound(file))
      this.refuse(file, null, `${file} has no rows.`);
  }

  /** Something is wrong with a file itself: it is cut short, too large, not CSV. */
  refuse(file: string, row: number | null, message: string): void {
    this.#draft.findings.refuse({ file, row, field: null }, message);
  }

  finish(): ReadFeed {
    const { findings } = this.#draft;
    const feed = findings.errors === 0 ? finishFeed(this.#draft) : null;
    return { feed, findings: findings.kept };
  }

  #hasColumns({ file, columns }: Table, cells: Cells, header: readonly string[]): boolean {
    const { findings } = this.#draft;
    const [first = "", ...others] = header;
    const names = header.map((name) => name.trim());
    const doubled = new Set(names.filter((name, at) => name !== "" && names.indexOf(name) < at));
    for (const field of doubled)
      findings.error({ file, row: 1, field }, `${file} has the column ${field} more than once.`);
    const lacking = columns.filter((column) => !cells.has(column));
    if (lacking.length > 0 && others.length === 0 && /[;\t|]/.test(first))
      findings.error({ file, row: 1, field: null }, `The cells of ${file} are not separated by commas.`);
    else for (const field of lacking) findings.error({ file, row: 1, field }, `${file} has no column ${field}.`);
    return lacking.length === 0 && doubled.size === 0;
  }
}

const tableOf = (file: string): Table => {
  const table = tables.find((each) => each.file === file);
  if (!table) throw new Error(`${file} is not a file of a feed`);
  return table;
};
