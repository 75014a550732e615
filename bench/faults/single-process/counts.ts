import type { Databases, ServiceName } from "../../audit/databases.ts";

type Count = { readonly service: ServiceName; readonly sql: string };

const byClient = "actor like 'service-account:%'";

/** What there is of each kind of thing, named as the ledger names it; asked of the databases, not of Headway. */
const counts: readonly Count[] = [
  { service: "hr", sql: "select 'hired ' || number as what, count(*) as times from employee group by number" },
  {
    service: "hr",
    sql: "select 'granted ' || employee_id as what, count(*) as times from qualification where code = 'FIRST-AID' group by employee_id",
  },
  {
    service: "hr",
    sql: "select 'requested ' || employee_id || ' ' || first_day as what, count(*) as times from absence where kind = 'vacation' group by employee_id, first_day",
  },
  {
    service: "hr",
    sql: "select 'approved ' || aggregate_id as what, count(*) as times from event_log where type = 'AbsenceApproved' group by aggregate_id",
  },
  {
    service: "hr",
    sql: "select 'terminated ' || aggregate_id as what, count(*) as times from event_log where type = 'EmployeeTerminated' group by aggregate_id",
  },
  {
    service: "scheduling",
    sql: `select 'released ' || aggregate_id as what, count(*) as times from event_log where type = 'DutyReleased' and ${byClient} group by aggregate_id`,
  },
  {
    service: "scheduling",
    // The first was the publication's.
    sql: `select 'assigned ' || aggregate_id as what, count(*) as times from event_log
          where type = 'DutyAssigned' and aggregate_version > 1 and ${byClient} group by aggregate_id`,
  },
  { service: "dispatch", sql: "select 'signed ' || id as what, count(*) as times from signing group by id" },
  {
    service: "dispatch",
    sql: "select 'covered ' || aggregate_id as what, count(*) as times from event_log where type = 'ReplacementPicked' group by aggregate_id",
  },
  {
    service: "accounting",
    sql: "select 'opened ' || first_day as what, count(*) as times from pay_period group by first_day",
  },
  {
    service: "accounting",
    sql: `select 'exported ' || first_day as what, count(*) as times from event_log join pay_period on pay_period.id::text = aggregate_id
          where type = 'PayrollExported' group by first_day`,
  },
  { service: "iam", sql: "select 'named ' || user_name as what, count(*) as times from app_user group by user_name" },
];

export const countAll = async (db: Databases): Promise<ReadonlyMap<string, number>> => {
  const found = await Promise.all(
    counts.map(({ service, sql }) => db.rows<{ what: string; times: number }>(service, sql)),
  );
  return new Map(found.flat().map(({ what, times }) => [what, times]));
};

export type Balance = { readonly lost: number; readonly doubled: number; readonly told: readonly string[] };

/** What was acknowledged against what is there. */
export const balance = (expected: ReadonlyMap<string, number>, there: ReadonlyMap<string, number>): Balance => {
  const different = [...expected]
    .map(([what, times]) => ({ what, times, found: there.get(what) ?? 0 }))
    .filter(({ times, found }) => times !== found);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + Math.max(0, number), 0);
  return {
    lost: sum(different.map(({ times, found }) => times - found)),
    doubled: sum(different.map(({ times, found }) => found - times)),
    told: different.map(({ what, times, found }) => `${what}: acknowledged ${times} times, and there ${found} times.`),
  };
};
