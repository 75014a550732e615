import { DomainError, type Finding, invalid } from "@headway/kernel/domain-error";
import { requireOneOf, requireText, requireWhole } from "@headway/kernel/reading";
import { type PlainDate, parseDate } from "@headway/kernel/time";

/**
 * Reads the fields of one JSON object; every refusal names the path (`versions[0].rules.night.premium`).
 * It remembers what was read, so that `done` can refuse a misspelt field.
 */
export class JsonFields {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #path: string;
  readonly #read = new Set<string>();

  /** Refused with `json.not-an-object`. */
  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw invalid("json.not-an-object", `${path} must be an object.`, { field: path });
    this.#fields = new Map(Object.entries(value));
    this.#path = path;
  }

  at(key: string): string {
    return `${this.#path}.${key}`;
  }

  value(key: string): unknown {
    this.#read.add(key);
    return this.#fields.get(key);
  }

  text(key: string, most?: number): string {
    const value = this.value(key);
    if (typeof value === "string") return requireText(value, this.at(key), most);
    throw invalid("json.not-a-text", `${this.at(key)} must be a text.`, { field: this.at(key) });
  }

  oneOf<T extends string>(key: string, words: readonly T[]): T {
    return requireOneOf(this.text(key), words, this.at(key));
  }

  date(key: string): PlainDate {
    return parseDate(this.text(key), this.at(key));
  }

  whole(key: string, least: number, most: number): number {
    const value = this.value(key);
    if (typeof value === "number") return requireWhole(value, least, most, this.at(key));
    throw invalid("json.not-a-number", `${this.at(key)} must be a number.`, { field: this.at(key) });
  }

  /** Reads a list of at least one item. */
  list<T>(key: string, read: (item: unknown, path: string) => T): T[] {
    const value = this.value(key);
    if (!Array.isArray(value) || value.length === 0)
      throw invalid("json.not-a-list", `${this.at(key)} must be a list with at least one item.`, {
        field: this.at(key),
      });
    return allOf(value.map((item: unknown, index) => () => read(item, `${this.at(key)}[${index}]`)));
  }

  /** Reads every field with the same `read`. */
  each<T>(read: (value: unknown, path: string, key: string) => T): T[] {
    return allOf(
      [...this.#fields].map(
        ([key, value]) =>
          () =>
            read(value, this.at(key), key),
      ),
    );
  }

  /** Refused with `json.unknown-field` if there is a field that nobody read. */
  done(): void {
    const stranger = [...this.#fields.keys()].find((key) => !this.#read.has(key));
    if (stranger === undefined) return;
    const field = this.at(stranger);
    throw invalid("json.unknown-field", `${field} is not known here; known are ${[...this.#read].join(", ")}.`, {
      field,
    });
  }
}

/** Reads all of them before it refuses any, so that an author sees every mistake at once. */
const allOf = <T>(reads: readonly (() => T)[]): T[] => {
  const findings: Finding[] = [];
  const all = reads.flatMap((read) => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      findings.push(...error.findings);
      return [];
    }
  });
  if (findings.length > 0)
    throw invalid("json.findings", findings.map(({ message }) => message).join(" "), { findings });
  return all;
};

/** A text of a given form. Refused with `json.wrong-form`, naming the path. */
export const requireForm = (text: string, path: string, form: RegExp, example: string): string => {
  if (form.test(text)) return text;
  throw invalid("json.wrong-form", `${path} must look like ${example}, not "${text}".`, { field: path });
};
