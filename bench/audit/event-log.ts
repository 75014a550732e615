import { type Comparison, compare } from "./compare.ts";
import type { Databases } from "./databases.ts";
import { checkDays } from "./event-log/absences.ts";
import { checkGiven } from "./event-log/given.ts";
import { checkSignings } from "./event-log/signings.ts";
import { checkSlices } from "./event-log/slices.ts";
import { factsOf } from "./facts.ts";
import type { Check } from "./finding.ts";
import { quietAssignment, quietDuty } from "./fold/dispatch.ts";
import type { Audited, Logs } from "./logs.ts";
import { checkVersions } from "./versions.ts";

type Folded = Omit<Comparison, "is"> & { readonly service: Parameters<Databases["rows"]>[0]; readonly sql: string };

/** The log against the state: what the events of a service come to, each log by itself, is what its tables hold. */
export const checkEventLog = async ({ db, logs }: Audited): Promise<readonly Check[]> => {
  const folded = [...ofPeople(logs), ...ofWork(logs), ...ofTheDay(logs), ...ofPay(logs)];
  const compared = await Promise.all(
    folded.map(async ({ service, sql, ...comparison }) =>
      compare({ ...comparison, is: await factsOf(db, { service, sql }) }),
    ),
  );
  return [
    ...logs.checks,
    ...(await checkVersions(db)),
    ...(await checkSlices(db)),
    ...compared,
    ...(await checkSignings({ db, logs })),
    await checkGiven({ db, logs }),
    await checkDays(db),
  ];
};

const ofPeople = ({ iam, hr, notification }: Logs): readonly Folded[] => [
  {
    where: "iam's users as told",
    service: "iam",
    should: iam.users,
    sql: "select id as key, employee_id as employee, disabled from app_user",
  },
  {
    where: "iam's roles as told",
    service: "iam",
    should: iam.grants,
    sql: `select user_id || ' ' || role as key,
            array_to_string(array(select depot::text from unnest(depot_ids) as depot order by depot::text collate "C"), ' ') as depots from user_grant`,
  },
  {
    where: "iam's service accounts as told",
    service: "iam",
    should: iam.accounts,
    sql: "select id as key, revoked from service_account",
  },
  {
    where: "hr's depots as told",
    service: "hr",
    should: hr.depots,
    sql: "select id as key, code, time_zone as zone from depot",
  },
  {
    where: "hr's employees as told",
    service: "hr",
    should: hr.employees,
    sql: "select id as key, number, depot_id as depot, hired_on, last_day from employee",
  },
  {
    where: "hr's contracts as told",
    service: "hr",
    should: hr.contracts,
    sql: "select id as key, employee_id as employee, agreement, weekly_minutes, valid_from from contract",
  },
  {
    where: "hr's qualifications as told",
    service: "hr",
    should: hr.qualifications,
    sql: "select employee_id || ' ' || code || ' ' || valid_from as key, valid_until, expiry_told from qualification",
  },
  {
    where: "hr's absences as told",
    service: "hr",
    should: hr.absences,
    sql: `select id as key, employee_id as employee, kind, state, lower(away) as starts, upper(away) as ends from absence`,
  },
  {
    where: "notification's notices as told",
    service: "notification",
    should: notification.notices,
    sql: "select id as key, employee_id as employee, acknowledged_at is not null as acknowledged from notice",
    // News that turns out to be none is taken back until it is seen.
    mayBeGone: ({ acknowledged }) => acknowledged === false,
  },
];

const ofWork = ({ planning, scheduling }: Logs): readonly Folded[] => [
  {
    where: "planning's duties as told",
    service: "planning",
    should: planning.duties,
    sql: `select id as key, id, depot_id as depot, service_date, service_id as service, run_id as run, line, line as qualification,
            starts, ends, work_minutes, pieces, state, version from duty`,
  },
  {
    where: "scheduling's rosters as told",
    service: "scheduling",
    should: scheduling.rosters,
    sql: `select id as key, depot_id as depot, lower(period) as first_day, upper(period) - 1 as last_day, current_version
          from roster where published_at is not null`,
  },
  {
    // What a draft let go of before its publication was told to nobody.
    where: "scheduling's assignments of published rosters: assigned minus released",
    service: "scheduling",
    should: new Map([...scheduling.assignments].map(([key, fact]) => [key, withoutTold(fact)])),
    sql: `select assignment.id as key, duty_id as duty, driver_id as driver, roster_id as roster, lower(worked) as starts,
            upper(worked) as ends, to_version is null as live, to_version
          from assignment join roster on roster.id = roster_id where published_at is not null and (to_version is null or to_version > 0)`,
  },
  {
    where: "scheduling's swaps as told",
    service: "scheduling",
    should: scheduling.swaps,
    sql: `select id as key, depot_id as depot, requested_by, requested_of, offered_assignment_id as offered,
            wanted_assignment_id as wanted, state from swap`,
  },
];

/** The fields that scheduling keeps with its assignments. */
const withoutTold = ({ duty, driver, roster, starts, ends, live, to_version }: Record<string, unknown>) =>
  ({ duty, driver, roster, starts, ends, live, to_version }) as Record<string, string | number | boolean | null>;

const ofTheDay = ({ dispatch }: Logs): readonly Folded[] => [
  {
    where: "dispatch's activated days as told",
    service: "dispatch",
    should: dispatch.days,
    sql: "select id as key, depot_id as depot, service_date from day where activated_at is not null",
  },
  {
    where: "dispatch's duties as told",
    service: "dispatch",
    should: dispatch.duties,
    sql: "select id as key, state, cancel_cause as cause from duty",
    unsaid: quietDuty,
  },
  {
    where: "dispatch's assignments and worked minutes as told",
    service: "dispatch",
    should: dispatch.assignments,
    sql: `select id as key, duty_id as duty, driver_id as driver, state, signed_on_at, signed_off_at, worked_minutes, needs_review,
            jsonb_array_length(breaks) as breaks from assignment`,
    unsaid: quietAssignment,
  },
  {
    where: "dispatch's replacements as told",
    service: "dispatch",
    should: dispatch.replacements,
    sql: `select id as key, duty_id as duty, assignment_id as assignment, passed_over, state from replacement where state = 'covered'`,
  },
  {
    where: "dispatch's orphaned signings as told",
    service: "dispatch",
    should: dispatch.orphans,
    sql: "select signing_id as key, driver_id as driver, least(at, received_at) as at, state from orphaned_signing join signing on signing.id = signing_id",
  },
];

const ofPay = ({ overtime, accounting }: Logs): readonly Folded[] => [
  {
    where: "overtime's worked days as told",
    service: "overtime",
    should: new Map([...overtime.days].map(([key, { minutes: _, ...fact }]) => [key, fact])),
    sql: `select driver_id || '/' || service_date as key, depot_id as depot, revision, worked_minutes, components
          from worked_week, jsonb_to_recordset(days)
            as day (service_date date, depot_id uuid, revision integer, worked_minutes integer, components jsonb)`,
  },
  {
    where: "accounting's pay periods as told",
    service: "accounting",
    should: accounting.periods,
    sql: "select id as key, id, first_day, last_day, state, version from pay_period",
  },
];
