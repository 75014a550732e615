import type { Checked } from "../../audit/finding.ts";
import { onDatabase } from "./on-database.ts";
import type { Kind, Outcome } from "./orders.ts";

/** Where that stands which an order left behind: a query for those of `$1` that are there. */
type Shelf = { readonly database: string; readonly sql: string };

/** What others may have changed since is looked for in the log, by aggregate and version. */
const inLog = (database: string, type: string): Shelf => ({
  database,
  sql: `select aggregate_id || '/' || aggregate_version as left from event_log
    where type = '${type}' and aggregate_id || '/' || aggregate_version = any($1)`,
});

const signing: Shelf = {
  database: "headway_dispatch",
  sql: `select id::text as left from signing where id = any($1::uuid[])
    union select signing_id::text from orphaned_signing where signing_id = any($1::uuid[])`,
};

const shelves: Readonly<Record<Kind, Shelf>> = {
  assign: {
    database: "headway_scheduling",
    sql: "select id::text as left from assignment where id = any($1::uuid[])",
  },
  release: {
    database: "headway_scheduling",
    sql: "select id::text as left from assignment where id = any($1::uuid[]) and state = 'released'",
  },
  sick: { database: "headway_hr", sql: "select id::text as left from absence where id = any($1::uuid[])" },
  "sign-on": signing,
  "sign-off": signing,
  replace: { database: "headway_dispatch", sql: "select id::text as left from assignment where id = any($1::uuid[])" },
  activate: {
    database: "headway_dispatch",
    sql: `select depot_id || '/' || service_date as left from day
      where activated_at is not null and depot_id || '/' || service_date = any($1)`,
  },
  cancel: inLog("headway_dispatch", "DutyCancelled"),
  reactivate: inLog("headway_dispatch", "DutyReactivated"),
  publish: inLog("headway_scheduling", "RosterPublished"),
  freeze: inLog("headway_accounting", "PayPeriodFrozen"),
  thaw: inLog("headway_accounting", "PayPeriodThawed"),
};

export type Tally = { readonly acknowledged: number; readonly lost: number; readonly findings: readonly string[] };

/** Looks in the databases for all that was acknowledged. */
export const tally = async (postgresUrl: string, outcomes: readonly Outcome[]): Promise<Tally> => {
  const done = outcomes.filter(({ status }) => status < 300);
  const findings: string[] = [];
  for (const [kind, all] of Map.groupBy(done, ({ kind }) => kind)) {
    const wanted = all.map(({ left }) => left);
    const { database, sql } = shelves[kind];
    const there = new Set((await onDatabase(postgresUrl, database, sql, [wanted])).map(({ left }) => left));
    for (const left of wanted)
      if (!there.has(left)) findings.push(`${kind} was acknowledged, and ${left} is not in ${database}.`);
  }
  return { acknowledged: done.length, lost: findings.length, findings };
};

/** What two orders at one moment may both have got: a driver in two places at once, or two drivers of a duty. */
export const doubled = (checked: readonly Checked[]): number =>
  checked.filter(({ invariant }) => invariant === "double-booking").flatMap(({ wrong }) => wrong).length;

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
