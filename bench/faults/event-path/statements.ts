import pg from "pg";

/** A statement on its way. */
export type Statement = { readonly text: string };

export type StatementWatch = {
  readonly before?: (statement: Statement) => void;
  /** `rows` were read or touched. */
  readonly after?: (statement: Statement, rows: number) => void;
};

/** Shows all statements of this process as its driver sends them, whatever code they come from. */
export const watchStatements = ({ before, after }: StatementWatch): void => {
  const query: (...args: never[]) => unknown = pg.Client.prototype.query;
  const watched = function (this: object, ...args: unknown[]): unknown {
    const statement = { text: textOf(args[0]) };
    before?.(statement);
    const answer: unknown = Reflect.apply(query, this, args);
    if (!(answer instanceof Promise)) return answer;
    return answer.then((result: { rowCount?: number | null }) => {
      after?.(statement, result.rowCount ?? 0);
      return result;
    });
  };
  Object.assign(pg.Client.prototype, { query: watched });
};

export const isCommit = ({ text }: Statement): boolean => /(^|;)\s*commit\s*;?\s*$/i.test(text);

const textOf = (query: unknown): string => {
  if (typeof query === "string") return query;
  return typeof query === "object" && query !== null ? String(Reflect.get(query, "text") ?? "") : "";
};
