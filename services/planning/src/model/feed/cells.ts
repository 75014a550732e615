import type { ServiceSeconds } from "@headway/kernel/service-day";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Findings } from "./finding.ts";

/** Characters of a cell: what the database can index by. */
const longest = 300;
const time = /^(\d{1,2}):([0-5]\d):([0-5]\d)$/;
/** Two codes may look the same and differ by these: control and format characters, and spaces that are not the usual one. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Turns the direction of all that follows, also behind the name. Marks of direction belong to a name and stay. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** The cells of one table, row by row, found by the names in its header. What cannot be read becomes a finding and null. */
export class Cells {
  readonly file: string;
  readonly #findings: Findings;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #dates = new Map<string, PlainDate | null>();
  #row: readonly string[] = [];
  #number = 1;

  constructor(file: string, header: readonly string[], findings: Findings) {
    this.file = file;
    this.#findings = findings;
    this.#columns = new Map(header.map((name, index) => [name.trim(), index]));
  }

  get row(): number {
    return this.#number;
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  /** Moves to a row; `number` counts the header as 1. */
  at(row: readonly string[], number: number): void {
    this.#row = row;
    this.#number = number;
  }

  error(field: string, message: string): null {
    this.#findings.error({ file: this.file, row: this.#number, field }, message);
    return null;
  }

  /** The cell names something that none of the files has. Where these are wrong themselves, that is no wonder and not told. */
  unknown(field: string, files: readonly string[], message: string): void {
    if (files.every((file) => this.#findings.isSound(file))) this.error(field, message);
  }

  /** The cell trimmed; null when it is empty or there is no such column. */
  optional(column: string): string | null {
    const index = this.#columns.get(column);
    const text = index === undefined ? "" : (this.#row[index] ?? "").trim();
    if (text.length > longest) return this.error(column, `${column} has more than ${longest} characters.`);
    if (text.includes("\0")) return this.error(column, `${column} has a null character.`);
    // The decoder puts this mark where bytes are not UTF-8: two ids may then read the same, so it is never let in.
    if (text.includes("\uFFFD")) return this.error(column, `${column} has bytes that are not UTF-8: "${text}".`);
    return text === "" ? null : text;
  }

  required(column: string): string | null {
    const before = this.#findings.errors;
    const text = this.optional(column);
    return text ?? (this.#findings.errors > before ? null : this.error(column, `${column} must not be empty.`));
  }

  /** What other rows name this one by; null when it is empty or has a character that nobody sees (a finding). */
  code(column: string): string | null {
    const text = this.required(column);
    return text === null ? null : this.#visible(column, text);
  }

  optionalCode(column: string): string | null {
    const text = this.optional(column);
    return text === null ? null : this.#visible(column, text);
  }

  /** A name for people, on one line; null when it is empty or there is no such column. */
  name(column: string): string | null {
    const oneLine = this.optional(column)?.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ") ?? "";
    return oneLine.replaceAll(turning, "") || null;
  }

  whole(column: string, least: number, most: number): number | null {
    const text = this.required(column);
    if (text === null) return null;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
    if (value >= least && value <= most) return value;
    return this.error(column, `${column} must be a whole number from ${least} to ${most}, not "${text}".`);
  }

  /** A service time like 25:10:00 in seconds; null when empty, or unreadable (a finding). */
  time(column: string): ServiceSeconds | null {
    const text = this.optional(column);
    if (text === null) return null;
    const [, hours, minutes, seconds] = time.exec(text) ?? [];
    if (hours === undefined) return this.error(column, `${column} must be a time like 25:10:00, not "${text}".`);
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  }

  requiredTime(column: string): ServiceSeconds | null {
    return this.required(column) === null ? null : this.time(column);
  }

  /** Degrees; null when empty. */
  degrees(column: string): number | null {
    const text = this.optional(column);
    if (text === null) return null;
    const value = Number(text);
    return Math.abs(value) <= 180 ? value : this.error(column, `${column} must be degrees, not "${text}".`);
  }

  /** A date like 20261121; null when empty or unreadable (a finding). */
  date(column: string): PlainDate | null {
    const text = this.required(column);
    if (text === null) return null;
    const known = this.#dates.get(text);
    const date = known === undefined ? toDate(text) : known;
    this.#dates.set(text, date);
    return date ?? this.error(column, `${column} must be a date like 20261121, not "${text}".`);
  }

  #visible(column: string, text: string): string | null {
    const [found] = invisible.exec(text) ?? [];
    if (found === undefined) return text;
    const name = `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
    return this.error(column, `${column} has a character that cannot be seen (${name}): "${text}".`);
  }
}

const toDate = (text: string): PlainDate | null => {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    );
  } catch {
    return null;
  }
};
