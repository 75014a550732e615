import { sqlId } from "../metro/ids.ts";
import type { Captured } from "./captured.ts";

/** One assignment that was watched: whose ids stand in its statements. */
export type Watched = { readonly statements: readonly Captured[]; readonly duty: string; readonly driver: string };

type Pair<T> = readonly [T, T];

/** A row that an earlier statement answered in both, and the name under which pgbench keeps its columns. */
type Answer = { readonly name: string; readonly rows: Pair<Readonly<Record<string, unknown>>> };

/**
 * The statements of one command as a pgbench script: what differs between two watched commands is computed as it was there,
 * from the ids, or from what an earlier statement answered; what is the same is written out. Client c assigns the duties
 * c, c + clients, and so on (`-D step=<clients> -D i=0`), each to its driver. Throws where the two did not do the same.
 */
export const scriptOf = ([first, second]: Pair<Watched>, drivers: number): string => {
  const answers: Answer[] = [];
  const used = new Set<string>();
  const lines = first.statements.map((statement, index) => {
    const other = second.statements[index];
    if (!other || other.text !== statement.text || second.statements.length !== first.statements.length)
      throw new Error("Two assignments did not send the same statements: there is nothing to compare with.");
    const ids = { duty: [first.duty, second.duty], driver: [first.driver, second.driver] } as const;
    const sql = statement.text.trim().replace(/\$(\d+)/g, (_, place) => {
      const at = Number(place) - 1;
      return expressionOf([statement.values[at], other.values[at]], { ids, answers, used });
    });
    const name = `s${index + 1}`;
    const [row, otherRow] = [statement.rows[0], other.rows[0]];
    if (row && otherRow && statement.rows.length === 1 && other.rows.length === 1)
      answers.push({ name, rows: [row, otherRow] });
    return { name, sql };
  });
  const steps = lines.map(({ name, sql }) => (used.has(name) ? `${sql} \\gset ${name}_` : `${sql};`));
  return [`\\set n :client_id + :i * :step`, `\\set i :i + 1`, `\\set driver :n % ${drivers}`, ...steps, ""].join("\n");
};

type Known = {
  readonly ids: { readonly duty: Pair<string>; readonly driver: Pair<string> };
  readonly answers: readonly Answer[];
  /** The names of the answers that are needed later. */
  readonly used: Set<string>;
};

const expressionOf = ([one, other]: Pair<unknown>, known: Known): string => {
  if (JSON.stringify(one) === JSON.stringify(other)) return literal(one);
  if (!Array.isArray(one) || !Array.isArray(other)) return varying([one, other], known);
  return `array[${one.map((element, index) => varying([element, other[index]], known)).join(", ")}]`;
};

const varying = (pair: Pair<unknown>, known: Known): string =>
  idAmong(pair, known) ?? answered(pair, known) ?? newId(pair) ?? literal(pair[0]);

const idAmong = ([one, other]: Pair<unknown>, { ids: { duty, driver } }: Known): string | null => {
  if (one === duty[0] && other === duty[1]) return sqlId("duty", ":n");
  return one === driver[0] && other === driver[1] ? sqlId("driver", ":driver") : null;
};

/** As an earlier answer says it: the very same, a whole number so much greater, or an instant so much later. */
const answered = ([one, other]: Pair<unknown>, { answers, used }: Known): string | null => {
  for (const { name, rows } of answers)
    for (const [column, was] of Object.entries(rows[0])) {
      const found = relation([was, rows[1][column]], [one, other], `:${name}_${column}`);
      if (found === null) continue;
      used.add(name);
      return found;
    }
  return null;
};

const relation = ([was, wasOther]: Pair<unknown>, [is, isOther]: Pair<unknown>, variable: string): string | null => {
  if (was === wasOther) return null;
  if (was === is && wasOther === isOther) return variable;
  const [shift, sameShift] = [distance(was, is), distance(wasOther, isOther)];
  if (shift === null || shift !== sameShift) return null;
  return typeof is === "number"
    ? `(${variable}::integer + ${shift})`
    : `(${variable}::timestamptz + interval '${shift} milliseconds')`;
};

const distance = (from: unknown, to: unknown): number | null => {
  if (typeof from === "number" && typeof to === "number") return to - from;
  if (!isInstant(from) || !isInstant(to)) return null;
  return Date.parse(to) - Date.parse(from);
};

const isInstant = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(value) && !Number.isNaN(Date.parse(value));

const newId = ([one]: Pair<unknown>): string | null =>
  typeof one === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(one) ? "uuidv7()" : null;

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'::bytea`;
  if (Array.isArray(value)) return `'{${value.map((element) => JSON.stringify(element)).join(",")}}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
};
