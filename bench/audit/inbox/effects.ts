import { compare, type Expected, type Fact } from "../compare.ts";
import type { Databases } from "../databases.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited, Logs } from "../logs.ts";

/** What became of events where they were heard, each against the log of who told them. */
export const checkEffects = async ({ db, logs }: Audited): Promise<readonly Check[]> =>
  Promise.all([
    ofRoster(db, logs),
    ofPlans(db, logs),
    ofHolders(db, logs),
    ofCancelled(db, logs),
    ofSignings(db, logs),
    ofNoShows(db, logs),
    ofWork(db, logs),
    ofWorkedDays(db, logs),
    ofUsers(db, logs),
    ofLeavers(db, logs),
  ]);

/** With the fields that are wanted, under the same names. */
const only = (fact: Fact, fields: readonly string[]): Fact =>
  Object.fromEntries(fields.map((field) => [field, fact[field] ?? null]));

const ofRoster = async (db: Databases, { scheduling, dispatch }: Logs): Promise<Check> => {
  const should = new Map<string, Expected>();
  // Whom a person has put back on a duty is there, whatever the roster said.
  for (const [id, fact] of scheduling.assignments)
    should.set(id, {
      ...only(fact, ["duty", "driver", "roster_version"]),
      released: dispatch.matched.has(id) ? [true, false] : fact.live !== true,
    });
  const sql = `select id as key, duty_id as duty, driver_id as driver, roster_version, released_at is not null as released from rostered_assignment`;
  const is = await factsOf(db, { service: "dispatch", sql });
  return compare({ where: "dispatch's roster against what scheduling told", should, is });
};

/** A duty that is over has the times that it had then, which are those of a plan that was told at some time. */
const ofPlans = async (db: Databases, { planning }: Logs): Promise<Check> => {
  const sql = `select id as key, jsonb_build_array(jsonb_build_object('starts', starts::text, 'ends', ends::text)) || pieces as times from duty`;
  const is = await factsOf(db, { service: "dispatch", sql });
  const should = new Map<string, Expected>();
  for (const id of is.keys()) should.set(id, { times: (planning.plans.get(id) ?? []).map(({ times }) => times) });
  return compare({ where: "the times of dispatch's duties against what planning told", should, is });
};

const ofHolders = async (db: Databases, { scheduling }: Logs): Promise<Check> => {
  const should = new Map<string, Fact>();
  for (const { duty, driver, live } of scheduling.assignments.values()) {
    if (live || !should.has(String(duty)))
      should.set(String(duty), { holder: live && driver !== undefined ? driver : null });
  }
  const is = await factsOf(db, {
    service: "notification",
    sql: "select duty_id as key, holder_id as holder from duty_watch",
  });
  const where = "whom notification tells of a duty against who holds it by scheduling's log";
  return compare({ where, should, is, unsaid: { holder: null } });
};

const ofCancelled = async (db: Databases, { dispatch }: Logs): Promise<Check> => {
  const cancelled = [...dispatch.duties].filter(([, { state }]) => state === "cancelled");
  const is = await factsOf(db, { service: "scheduling", sql: "select duty_id as key from cancelled_duty" });
  const should = new Map(cancelled.map(([duty]) => [duty, {}]));
  return compare({ where: "scheduling's cancelled duties against what dispatch told", should, is });
};

/** By dispatch's state: what the roster makes of it. What dispatch has not begun is `assigned`. */
const followed: Readonly<Record<string, string>> = {
  "signed-on": "under-way",
  "on-break": "under-way",
  "signed-off": "worked",
  "signed-off-by-system": "worked",
  verified: "worked",
  relieved: "released",
};

const ofSignings = async (db: Databases, { scheduling, dispatch }: Logs): Promise<Check> => {
  const should = new Map<string, Expected>();
  for (const [id, { live }] of scheduling.assignments)
    if (live) should.set(id, { state: followed[String(dispatch.assignments.get(id)?.state)] ?? "assigned" });
  const sql = `select assignment.id as key, state from assignment join roster on roster.id = roster_id where to_version is null and published_at is not null`;
  const is = await factsOf(db, { service: "scheduling", sql });
  return compare({ where: "the day in scheduling's assignments against what dispatch told", should, is });
};

const ofNoShows = async (db: Databases, { dispatch }: Logs): Promise<Check> => {
  const should = new Map<string, { times: number }>();
  for (const { employee, starts, ends } of dispatch.missed.values()) {
    const key = `${employee} ${starts} ${ends}`;
    should.set(key, { times: (should.get(key)?.times ?? 0) + 1 });
  }
  const sql = `select employee_id || ' ' || lower(away) || ' ' || upper(away) as key, count(*) as times from absence where kind = 'no-show' group by key`;
  const is = await factsOf(db, { service: "hr", sql });
  return compare({ where: "hr's no-shows against the drivers who missed by dispatch's log", should, is });
};

const ofWork = async (db: Databases, { dispatch }: Logs): Promise<Check> => {
  const fields = ["driver", "duty", "depot", "service_date", "work", "version"];
  const should = new Map([...dispatch.worked].map(([id, fact]) => [id, only(fact, fields)]));
  const sql = `select assignment_id as key, driver_id as driver, duty_id as duty, depot_id as depot, service_date, work, version from worked_time`;
  const is = await factsOf(db, { service: "overtime", sql });
  return compare({ where: "overtime's worked time against what dispatch told", should, is });
};

const ofWorkedDays = async (db: Databases, { overtime }: Logs): Promise<Check> => {
  const sql = `select driver_id || '/' || service_date || ' ' || revision as key, depot_id as depot, components from worked_day`;
  const is = await factsOf(db, { service: "accounting", sql });
  return compare({ where: "accounting's worked days against what overtime told", should: overtime.revisions, is });
};

const ofUsers = async (db: Databases, { hr }: Logs): Promise<Check> => {
  const sql = "select employee_id as key from app_user where employee_id is not null";
  const is = await factsOf(db, { service: "iam", sql });
  const should = new Map([...hr.employees.keys()].map((employee) => [employee, {}]));
  // An administrator may name whom hr does not know.
  return compare({ where: "iam's users against the people whom hr has hired", should, is, unsaid: "any" });
};

const ofLeavers = async (db: Databases, { hr }: Logs): Promise<Check> => {
  const sql = `select employee_id as key, coalesce(last_day::text, 'over') as last_day from app_user left join leaver using (employee_id)
               where employee_id is not null and (disabled or leaver.last_day is not null)`;
  const is = await factsOf(db, { service: "iam", sql });
  const leavers = [...hr.employees].filter(([, { last_day }]) => last_day !== null);
  const should = new Map(
    leavers.map(([employee, { last_day }]) => [employee, { last_day: [last_day ?? null, "over"] }]),
  );
  // An administrator may disable others too.
  return compare({ where: "iam's leavers against hr's", should, is, unsaid: "any" });
};
