import { compare } from "../compare.ts";
import type { Databases } from "../databases.ts";
import { factsOf, type Query } from "../facts.ts";
import type { Check } from "../finding.ts";

/** A copy that a service keeps of what another owns, and the same rows from the owner. */
type Copy = { readonly where: string; readonly owner: Query; readonly copy: Query };

/** Every copy is what its owner has. */
export const checkCopies = (db: Databases): Promise<readonly Check[]> =>
  Promise.all(
    [...ofDepots, ...ofPeople, ...ofDuties].map(async ({ where, owner, copy }) =>
      compare({ where, should: await factsOf(db, owner), is: await factsOf(db, copy) }),
    ),
  );

const ofDepots: readonly Copy[] = [
  {
    where: "scheduling's depots against hr's",
    owner: { service: "hr", sql: "select id as key from depot" },
    copy: { service: "scheduling", sql: "select id as key from depot" },
  },
  {
    where: "dispatch's depots against hr's",
    owner: { service: "hr", sql: "select id as key, time_zone as zone from depot" },
    copy: { service: "dispatch", sql: "select id as key, time_zone as zone from depot" },
  },
  {
    where: "overtime's depots against hr's",
    owner: { service: "hr", sql: "select id as key, time_zone as zone from depot" },
    copy: { service: "overtime", sql: "select id as key, zone from depot" },
  },
  {
    where: "accounting's depots against hr's",
    owner: { service: "hr", sql: "select id as key, code, time_zone as zone from depot" },
    copy: { service: "accounting", sql: "select id as key, code, zone from depot" },
  },
];

const contracts = "select employee_id || ' ' || valid_from as key, agreement, weekly_minutes from contract";
const contractsOfDrivers = "select driver_id || ' ' || valid_from as key, agreement, weekly_minutes from contract";

const ofPeople: readonly Copy[] = [
  {
    where: "scheduling's drivers against hr's employees",
    owner: {
      service: "hr",
      sql: "select id as key, number, depot_id as depot, hired_on as employed_from, last_day as employed_to from employee",
    },
    copy: {
      service: "scheduling",
      sql: "select id as key, number, depot_id as depot, employed_from, employed_to from driver",
    },
  },
  {
    where: "dispatch's drivers against hr's employees",
    owner: { service: "hr", sql: "select id as key, depot_id as depot from employee" },
    copy: { service: "dispatch", sql: "select id as key, depot_id as depot from driver" },
  },
  {
    where: "overtime's drivers against hr's employees",
    owner: { service: "hr", sql: "select id as key, depot_id as depot from employee" },
    copy: { service: "overtime", sql: "select id as key, depot_id as depot from driver" },
  },
  {
    where: "scheduling's contracts against hr's",
    owner: { service: "hr", sql: contracts },
    copy: { service: "scheduling", sql: contractsOfDrivers },
  },
  {
    where: "overtime's contracts against hr's",
    owner: { service: "hr", sql: contracts },
    copy: { service: "overtime", sql: contractsOfDrivers },
  },
  {
    where: "scheduling's qualifications against hr's",
    owner: {
      service: "hr",
      sql: "select employee_id || ' ' || code || ' ' || valid_from as key, valid_until from qualification",
    },
    copy: {
      service: "scheduling",
      sql: "select driver_id || ' ' || code || ' ' || valid_from as key, valid_until from qualification",
    },
  },
  {
    where: "scheduling's absences against those that hr has approved",
    owner: {
      service: "hr",
      sql: `select id as key, employee_id as driver, lower(away) as starts, upper(away) as ends from absence where state = 'approved'`,
    },
    copy: {
      service: "scheduling",
      sql: "select id as key, driver_id as driver, starts_at as starts, ends_at as ends from absence",
    },
  },
];

/** Null where the duty is over. */
const timesUnlessOver = (table: "duty" | "planned_duty"): string =>
  ["starts", "ends", "pieces"]
    .map((column) => `case when duty.state is distinct from 'completed' then ${table}.${column} end as ${column}`)
    .join(", ");

const ofDuties: readonly Copy[] = [
  {
    where: "scheduling's duties against planning's",
    // A withdrawal has no version there.
    owner: {
      service: "planning",
      sql: `select id as key, depot_id as depot, service_date, service_id as service, run_id as run, starts, ends, work_minutes,
              line as qualification, state = 'withdrawn' as withdrawn, case state when 'planned' then version end as version from duty`,
    },
    copy: {
      service: "scheduling",
      sql: `select id as key, depot_id as depot, service_date, service_id as service, run_id as run, starts_at as starts, ends_at as ends, work_minutes,
              qualification, withdrawn, case when not withdrawn then planned_version end as version from duty`,
    },
  },
  {
    where: "dispatch's planned duties against planning's",
    owner: {
      service: "planning",
      sql: `select id as key, depot_id as depot, service_date, run_id as run, line, starts, ends, state = 'withdrawn' as withdrawn, version,
              (select jsonb_agg(jsonb_build_object('starts', piece -> 'starts', 'ends', piece -> 'ends')) from jsonb_array_elements(pieces) as piece) as pieces
            from duty`,
    },
    copy: {
      service: "dispatch",
      sql: `select id as key, depot_id as depot, service_date, run_id as run, line, starts, ends, withdrawn, version, pieces from planned_duty`,
    },
  },
  {
    where: "accounting's planned duties against planning's",
    owner: {
      service: "planning",
      sql: "select id as key, service_date, ends, state = 'withdrawn' as withdrawn, version from duty",
    },
    copy: { service: "accounting", sql: "select id as key, service_date, ends, withdrawn, version from planned_duty" },
  },
  {
    where: "duties of dispatch's activated days against what was planned",
    // What is over keeps the times that it had.
    owner: {
      service: "dispatch",
      sql: `select planned_duty.id as key, planned_duty.depot_id as depot, planned_duty.service_date, ${timesUnlessOver("planned_duty")}
            from planned_duty join day on day.depot_id = planned_duty.depot_id and day.service_date = planned_duty.service_date
            left join duty on duty.id = planned_duty.id where day.activated_at is not null`,
    },
    copy: {
      service: "dispatch",
      sql: `select id as key, depot_id as depot, service_date, ${timesUnlessOver("duty")} from duty`,
    },
  },
  {
    where: "dispatch's assignments against the start of their duty",
    owner: {
      service: "dispatch",
      sql: "select assignment.id as key, duty.starts from assignment join duty on duty.id = duty_id",
    },
    copy: { service: "dispatch", sql: "select id as key, starts from assignment" },
  },
  {
    where: "assignments of dispatch's activated days against the roster it heard",
    owner: {
      service: "dispatch",
      sql: `select rostered_assignment.id as key, duty_id as duty, driver_id as driver from rostered_assignment join duty on duty.id = duty_id`,
    },
    copy: { service: "dispatch", sql: "select id as key, duty_id as duty, driver_id as driver from assignment" },
  },
];
