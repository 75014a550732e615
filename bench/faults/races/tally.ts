import type { Checked } from "../../audit/finding.ts";
import { onDatabase } from "./on-database.ts";
import type { Outcome } from "./orders.ts";

/** Where each id stands once its order is done. */
type Shelf = { readonly database: string; readonly sql: string };

const shelves: Readonly<Partial<Record<Outcome["kind"], Shelf>>> = {
  assign: { database: "headway_scheduling", sql: "select id from assignment where id = any($1::uuid[])" },
  release: {
    database: "headway_scheduling",
    sql: "select id from assignment where id = any($1::uuid[]) and state = 'released'",
  },
  sick: { database: "headway_hr", sql: "select id from absence where id = any($1::uuid[])" },
  "sign-on": {
    database: "headway_dispatch",
    sql: "select id from signing where id = any($1::uuid[]) union all select signing_id from orphaned_signing where signing_id = any($1::uuid[]) and signing_id not in (select id from signing)",
  },
};

export type Tally = { readonly acknowledged: number; readonly lost: number };

/** Looks in the databases for what was acknowledged. */
export const tally = async (postgresUrl: string, outcomes: readonly Outcome[]): Promise<Tally> => {
  const done = outcomes.filter(({ status }) => status < 300);
  let lost = 0;
  for (const [kind, { database, sql }] of Object.entries(shelves)) {
    const wanted = done.filter((outcome) => shelfOf(outcome) === kind).map(({ id }) => id);
    const found = await onDatabase(postgresUrl, database, sql, [wanted]);
    const there = new Set(found.map(({ id }) => id));
    lost += wanted.filter((id) => !there.has(id)).length;
  }
  return { acknowledged: done.length, lost };
};

/** What two orders at one moment may both have got: a driver in two places at once, or two drivers of a duty. */
export const doubled = (checked: readonly Checked[]): number =>
  checked.filter(({ invariant }) => invariant === "double-booking").flatMap(({ wrong }) => wrong).length;

const shelfOf = ({ kind }: Outcome): Outcome["kind"] => (kind === "sign-off" ? "sign-on" : kind);

/** What no order may be answered with: a failure, a deadlock that came to the surface, or a refusal without a name. */
export const unlawful = (outcomes: readonly Outcome[]): string[] => {
  const counted = Map.groupBy(
    outcomes.filter(isUnlawful),
    ({ kind, status, slug }) => `${kind} was answered with ${status} ${slug || "without a name"}`,
  );
  return [...counted].map(([text, all]) => `${text}, ${all.length} times`);
};

const isUnlawful = ({ status, slug }: Outcome): boolean =>
  status >= 300 && (slug === "" || slug.startsWith("database.") || (status >= 500 && status !== 503));

/** What was answered how often, for a reader who wonders whether there was a race at all. */
export const told = (outcomes: readonly Outcome[]): string => {
  const counted = Map.groupBy(
    outcomes,
    ({ kind, status, slug }) => `${kind} ${status < 300 ? "done" : slug || status}`,
  );
  return [...counted]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([text, all]) => `${text} ${all.length}`)
    .join(", ");
};
