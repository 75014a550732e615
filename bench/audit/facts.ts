import type { Fact, Value } from "./compare.ts";
import type { Databases, ServiceName } from "./databases.ts";

/** A query of a service's database; its column `key` says what a row is about. */
export type Query = { readonly service: ServiceName; readonly sql: string };

/** The rows of a query by their key. One that is there twice, because a key of the table is gone, is there under a name of its own. */
export const factsOf = async (db: Databases, { service, sql }: Query): Promise<Map<string, Fact>> => {
  const rows = await db.rows<Record<string, unknown>>(service, sql);
  const facts = new Map<string, Fact>();
  for (const { key, ...columns } of rows) {
    const name = facts.has(String(key)) ? `${key}, again (row ${facts.size + 1})` : String(key);
    facts.set(name, Object.fromEntries(Object.entries(columns).map(([column, value]) => [column, toValue(value)])));
  }
  return facts;
};

// What is no plain value is compared as text, and instants in it are written one way.
const toValue = (value: unknown): Value => {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return canonical(value);
};

/** One text for one value: keys in order, and instants as PostgreSQL writes them. */
export const canonical = (value: unknown): string => JSON.stringify(ordered(value));

const ordered = (value: unknown): unknown => {
  if (typeof value === "string") return isoInstant.test(value) ? textOfInstant(value) : value;
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, ordered(inner)]),
  );
};

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** `2026-11-21T10:00:00.5Z` as `2026-11-21 10:00:00.5+00`. */
const textOfInstant = (iso: string): string => {
  const [date = "", rest = ""] = iso.slice(0, -1).split("T");
  const [whole = "", fraction = ""] = rest.split(".");
  const seconds = whole.length === 5 ? `${whole}:00` : whole;
  const digits = fraction.slice(0, 6).replace(/0+$/, "");
  return `${date} ${seconds}${digits === "" ? "" : `.${digits}`}+00`;
};
