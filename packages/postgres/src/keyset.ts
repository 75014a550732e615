import { invalid } from "@headway/kernel/domain-error";
import { parseId } from "@headway/kernel/ids";
import { requireWhole } from "@headway/kernel/reading";
import { parseDate, parseInstant } from "@headway/kernel/time";

/** One page of a list: `next` is the cursor of the page behind it, empty on the last. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string };

/** Which page: at most `size` items after the ones whose sort values are `after` (null for the first page). */
export type PageWanted = { readonly size: number; readonly after: readonly string[] | null };

/** What a sort value of a list looks like; a cursor that somebody made up must not reach the database. */
export type KeyForm = keyof typeof forms;

const forms = {
  // PostgreSQL's text holds every character but this one.
  text: (value: string) => !value.includes("\0"),
  uuid: (value: string) => parseId(value, "cursor") === value,
  date: (value: string) => parseDate(value, "cursor").toString() === value,
  instant: (value: string) => value.endsWith("Z") && parseInstant(value, "cursor") !== null,
} as const;

/** Reads what a caller asks for: size 1 to 500 (0 means 100) and a cursor that an earlier page gave. Refused with `page.cursor`. */
export const parsePage = (page: { size: number; cursor: string } | undefined, keys: readonly KeyForm[]): PageWanted => {
  const size = page?.size ? requireWhole(page.size, 1, 500, "page.size") : 100;
  if (!page?.cursor) return { size, after: null };
  return { size, after: parseCursor(page.cursor, keys) };
};

/**
 * Cuts the page out of `size + 1` rows and makes the cursor of its last row.
 * `keyOf` names the sort values of an item, in the order of the `order by`, the last one unique.
 */
export const toPage = <T>(items: readonly T[], size: number, keyOf: (item: T) => readonly string[]): Page<T> => {
  const page = items.slice(0, size);
  const last = page.at(-1);
  const next =
    items.length > size && last !== undefined ? Buffer.from(JSON.stringify(keyOf(last))).toString("base64url") : "";
  return { items: page, next };
};

const parseCursor = (cursor: string, keys: readonly KeyForm[]): readonly string[] => {
  const refused = invalid("page.cursor", "This cursor comes from no page of this list; start at the first page.", {
    field: "cursor",
  });
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (fits(values, keys)) return values;
  } catch {
    throw refused;
  }
  throw refused;
};

const fits = (values: unknown, keys: readonly KeyForm[]): values is readonly string[] =>
  Array.isArray(values) &&
  values.length === keys.length &&
  keys.every((form, index) => typeof values[index] === "string" && forms[form](values[index]));
