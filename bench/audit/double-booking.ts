import type { Databases, ServiceName } from "./databases.ts";
import type { Check } from "./finding.ts";
import type { Audited } from "./logs.ts";

/** Nobody is in two places at once, and no duty has two drivers. Asked of the rows themselves: a constraint may be gone. */
export const checkDoubleBooking = async ({ db }: Audited): Promise<readonly Check[]> =>
  Promise.all([...spans.map((one) => checkSpans(db, one)), ...holders.map((one) => checkHolders(db, one))]);

type Wanted = { readonly where: string; readonly service: ServiceName; readonly sql: string };

/** Each answers `id`, `who`, `starts` and `ends`: no two of one person may have a moment in common. */
const spans: readonly Wanted[] = [
  {
    where: "assignments of a driver in scheduling",
    service: "scheduling",
    sql: "select id, driver_id as who, lower(worked) as starts, upper(worked) as ends from assignment where to_version is null",
  },
  {
    where: "duties that a driver is awaited for in dispatch",
    service: "dispatch",
    sql: `select assignment.id, driver_id as who, duty.starts, duty.ends from assignment join duty on duty.id = duty_id
          where assignment.state in ('assigned', 'late')`,
  },
  {
    where: "work of a driver in dispatch, from the sign-on until when it counts",
    service: "dispatch",
    sql: `select id, driver_id as who, signed_on_at as starts, counts_until as ends from assignment where counts_until is not null`,
  },
  {
    where: "worked time of a driver in overtime",
    service: "overtime",
    sql: `select assignment_id as id, driver_id as who, (part ->> 'starts')::timestamptz as starts, (part ->> 'ends')::timestamptz as ends
          from worked_time, jsonb_array_elements(work) as part`,
  },
  {
    where: "absences of a person in hr",
    service: "hr",
    sql: `select id, employee_id as who, lower(away) as starts, upper(away) as ends from absence
          where state in ('requested', 'approved') and kind <> 'no-show'`,
  },
];

const checkSpans = async (db: Databases, { where, service, sql }: Wanted): Promise<Check> => {
  const [all] = await db.rows<{ count: number }>(service, `select count(*) from (${sql}) as span`);
  const overlapping = await db.rows<{ id: string; who: string; starts: string; until: string }>(
    service,
    `select id, who, starts, until from (
       select id, who, starts, max(ends) over (partition by who order by starts, ends rows between unbounded preceding and 1 preceding) as until
       from (${sql}) as span where starts < ends) as follower
     where starts < until`,
  );
  const wrong = overlapping.map(
    ({ id, who, starts, until }) => `${who}: ${id} starts at ${starts}, and another lasts until ${until}.`,
  );
  return { where, looked: all?.count ?? 0, wrong };
};

/** Each answers the `duty` of every assignment that holds one. */
const holders: readonly Wanted[] = [
  {
    where: "drivers of a duty in scheduling",
    service: "scheduling",
    sql: "select duty_id as duty from assignment where to_version is null",
  },
  {
    where: "drivers of a duty in dispatch",
    service: "dispatch",
    sql: "select duty_id as duty from assignment where state in ('assigned', 'late', 'signed-on', 'on-break')",
  },
  {
    where: "drivers who have finished a duty in dispatch",
    service: "dispatch",
    sql: "select duty_id as duty from assignment where state in ('signed-off', 'signed-off-by-system')",
  },
];

const checkHolders = async (db: Databases, { where, service, sql }: Wanted): Promise<Check> => {
  const held = await db.rows<{ duty: string; count: number }>(
    service,
    `select duty, count(*) from (${sql}) as held group by duty`,
  );
  const wrong = held.filter(({ count }) => count > 1).map(({ duty, count }) => `Duty ${duty} has ${count} drivers.`);
  return { where, looked: held.length, wrong };
};
