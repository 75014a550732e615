import { compare, type Expected, type Fact } from "./compare.ts";
import { factsOf, type Query } from "./facts.ts";
import type { Check } from "./finding.ts";
import type { Audited, Logs } from "./logs.ts";

/** The reports against the owners: what the screens show is what the services have. */
export const checkReporting = async (audited: Audited): Promise<readonly Check[]> =>
  Promise.all([
    ...owned.map((report) => checkOwned(audited, report)),
    checkHoldings(audited),
    checkCancelled(audited),
    checkHeard(audited),
    checkMissed(audited),
    checkAttendance(audited),
  ]);

type Report = { readonly where: string; readonly owner: Query; readonly report: string };

const owned: readonly Report[] = [
  {
    where: "reported employee numbers against hr's",
    owner: { service: "hr", sql: "select id as key, number from employee" },
    report: "select id as key, number from driver",
  },
  {
    where: "reported plans against planning's duties",
    owner: {
      service: "planning",
      sql: `select id as key, version, depot_id as depot, service_date, run_id as run, line, starts, ends, state = 'withdrawn' as withdrawn,
              (select jsonb_agg(jsonb_build_object('block', piece -> 'block', 'starts', piece -> 'starts', 'ends', piece -> 'ends')) from jsonb_array_elements(pieces) as piece) as pieces
            from duty`,
    },
    report: `select duty_id as key, version, depot_id as depot, service_date, run_id as run, line, starts, ends, withdrawn, pieces from duty_plan`,
  },
  {
    where: "reported days against those that dispatch has activated",
    owner: {
      service: "dispatch",
      sql: "select depot_id || ' ' || service_date as key from day where activated_at is not null",
    },
    report: "select depot_id || ' ' || service_date as key from activated_day",
  },
  {
    where: "reported worked days against overtime's",
    owner: {
      service: "overtime",
      sql: `select driver_id || ' ' || service_date as key, depot_id as depot, revision, worked_minutes,
              (select coalesce(jsonb_object_agg(code, minutes), '{}') from (
                 select component ->> 'code' as code, sum((component ->> 'minutes')::integer) as minutes
                 from jsonb_array_elements(components) as component group by component ->> 'code') as summed) as minutes
            from worked_week, jsonb_to_recordset(days)
              as day (service_date date, depot_id uuid, revision integer, worked_minutes integer, components jsonb)`,
    },
    report:
      "select driver_id || ' ' || service_date as key, depot_id as depot, revision, worked_minutes, minutes from worked_day",
  },
];

const checkOwned = async ({ db }: Audited, { where, owner, report }: Report): Promise<Check> =>
  compare({ where, should: await factsOf(db, owner), is: await factsOf(db, { service: "reporting", sql: report }) });

/** Who held what, as it was known at any time: every assignment of the published rosters, from when to when. */
const checkHoldings = async ({ db, logs }: Audited): Promise<Check> => {
  const newest = newestOf(logs);
  const should = new Map(
    [...logs.scheduling.assignments].map(([id, fact]): [string, Fact] => [
      id,
      {
        duty: fact.duty ?? null,
        driver: fact.driver ?? null,
        depot: fact.depot ?? null,
        service_date: fact.service_date ?? null,
        starts: fact.starts ?? null,
        ends: fact.ends ?? null,
        roster_version: fact.roster_version ?? null,
        known_from: fact.assigned_at ?? null,
        known_to: fact.released_at ?? null,
        newest: newest.has(id),
      },
    ]),
  );
  const sql = `select assignment_id as key, duty_id as duty, driver_id as driver, depot_id as depot, service_date, starts, ends,
                 roster_version, known_from, known_to, newest from holding`;
  const is = await factsOf(db, { service: "reporting", sql });
  return compare({ where: "reported holdings against scheduling's log", should, is });
};

/** The assignments that were the last of their duty. */
const newestOf = ({ scheduling }: Logs): ReadonlySet<string> =>
  new Set(new Map([...scheduling.assignments].map(([id, { duty }]) => [duty, id])).values());

const checkCancelled = async ({ db, logs }: Audited): Promise<Check> => {
  // What was withdrawn before its day was activated, dispatch has told nobody.
  const cancelled = [...logs.dispatch.duties].filter(([, { state }]) => state === "cancelled");
  const is = await factsOf(db, {
    service: "reporting",
    sql: "select duty_id as key, cancel_cause as cause from duty_day where cancel_cause is not null",
  });
  const should = new Map(cancelled.map(([duty, { cause = null }]) => [duty, { cause }]));
  return compare({ where: "reported cancellations against dispatch's log", should, is });
};

/** Every duty of which dispatch has told anything, up to what was told last. */
const checkHeard = async ({ db, logs }: Audited): Promise<Check> => {
  const is = await factsOf(db, { service: "reporting", sql: "select duty_id as key, version from duty_day" });
  return compare({ where: "reported duties of the day against dispatch's log", should: logs.dispatch.told, is });
};

const checkMissed = async ({ db, logs }: Audited): Promise<Check> => {
  const is = await factsOf(db, {
    service: "reporting",
    sql: "select duty_id as key, missed_by as driver from duty_day where missed_by is not null",
  });
  return compare({ where: "reported no-shows against dispatch's log", should: logs.dispatch.missedBy, is });
};

/** By the state of the assignment in dispatch: how the board may show whoever has it. */
const phases: Readonly<Record<string, readonly string[]>> = {
  late: ["late"],
  released: ["late"],
  missed: ["missed"],
  "signed-on": ["on-duty"],
  "on-break": ["on-break"],
  relieved: ["relieved"],
  "signed-off": ["signed-off", "needs-review"],
  "signed-off-by-system": ["needs-review"],
  verified: ["signed-off", "relieved"],
};

type Attended = {
  key: string;
  assignment: string;
  driver: string;
  duty: string;
  state: string;
  signed_on_at: string | null;
  signed_off_at: string | null;
  needs_review: boolean;
};

/** Whom the board shows on a duty, against the assignment that dispatch has. */
const checkAttendance = async ({ db }: Audited): Promise<Check> => {
  const attended = await db.rows<Attended>(
    "dispatch",
    `select id as key, id as assignment, driver_id as driver, duty_id as duty, state, signed_on_at, signed_off_at, needs_review from assignment`,
  );
  const is = await factsOf(db, {
    service: "reporting",
    sql: `select assignment_id as key, driver_id as driver, duty_id as duty, phase, signed_on_at, signed_off_at from duty_day where assignment_id is not null`,
  });
  const assignments = new Map(attended.map((one) => [one.key, one]));
  const should = new Map<string, Expected>();
  for (const id of is.keys()) {
    const one = assignments.get(id);
    if (one) should.set(id, shown(one));
  }
  return mustBeShown(
    compare({ where: "reported attendance against dispatch's assignments", should, is }),
    attended,
    is,
  );
};

const shown = ({ driver, duty, state, signed_on_at, signed_off_at, needs_review }: Attended): Expected => ({
  driver,
  duty,
  phase: state === "signed-off" ? (needs_review ? "needs-review" : "signed-off") : (phases[state] ?? []),
  signed_on_at,
  signed_off_at,
});

/** The board shows one driver of a duty: whoever is at work on it, or has finished it, must be the one. */
const mustBeShown = (check: Check, attended: readonly Attended[], is: ReadonlyMap<string, Fact>): Check => {
  const unseen = attended
    .filter(({ key, state }) => present.includes(state) && !is.has(key))
    .map(({ key, state }) => `${key} is ${state}, and is not shown.`);
  return { ...check, wrong: [...check.wrong, ...unseen] };
};

const present = ["signed-on", "on-break", "signed-off", "signed-off-by-system"];
