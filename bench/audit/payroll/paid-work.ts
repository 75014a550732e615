import { compare, type Fact } from "../compare.ts";
import { factsOf } from "../facts.ts";
import type { Check } from "../finding.ts";
import type { Audited } from "../logs.ts";
import { paidStates } from "./lines.ts";

/** What was worked is what is settled: from dispatch's minutes over overtime's days to the periods. */
export const checkPaidWork = async (audited: Audited): Promise<readonly Check[]> => [
  await checkDays(audited),
  await checkSettled(audited),
];

/** A day's worked minutes are those of its assignments. A week that cannot be calculated says so. */
const checkDays = async ({ db, logs }: Audited): Promise<Check> => {
  const uncalculated = await factsOf(db, {
    service: "overtime",
    sql: `select distinct driver_id || '/' || service_date as key from worked_time join driver_week using (driver_id, first_day) where problem is not null or stale`,
  });
  const should = new Map<string, { worked_minutes: number }>();
  for (const { driver, service_date, minutes } of logs.dispatch.worked.values()) {
    const key = `${driver}/${service_date}`;
    // A day on which somebody signed on and off in the same minute need not be told of.
    if (uncalculated.has(key) || Number(minutes) === 0) continue;
    should.set(key, { worked_minutes: (should.get(key)?.worked_minutes ?? 0) + Number(minutes) });
  }
  const sql = `select driver_id || '/' || service_date as key, worked_minutes
               from worked_week, jsonb_to_recordset(days) as day (service_date date, worked_minutes integer)`;
  const is = new Map([...(await factsOf(db, { service: "overtime", sql }))].filter(([key]) => !uncalculated.has(key)));
  // A week's guarantee may give minutes to a day without work.
  const where = "worked minutes of overtime's days against dispatch's log";
  return compare({ where, should, is, unsaid: { worked_minutes: 0 } });
};

/** What was surely known of a period's days when it was frozen is paid by it, or was before. */
const checkSettled = async ({ db }: Audited): Promise<Check> => {
  const periods = await db.rows<{ first_day: string; last_day: string; frozen_at: string }>(
    "accounting",
    `select first_day, last_day, (max(recorded_at) - interval '5 seconds')::text as frozen_at from pay_period join event_log on aggregate_id = pay_period.id::text
     where state in ${paidStates} and type = 'PayPeriodFrozen' group by pay_period.id`,
  );
  const should = new Map<string, Fact>();
  for (const { first_day, last_day, frozen_at } of periods) {
    const days = await db.rows<{ day: string }>(
      "overtime",
      `select driver_id || '/' || service_date as day from worked_week, jsonb_to_recordset(days) as calculated (service_date date)
       where service_date between $1 and $2
         and exists (select from event_log where aggregate_id = driver_id || '/' || service_date and aggregate_version = 1 and recorded_at < $3)`,
      [first_day, last_day, frozen_at],
    );
    for (const { day } of days) should.set(day, {});
  }
  const is = await factsOf(db, {
    service: "accounting",
    sql: `select distinct driver_id || '/' || service_date as key from worked_day where settled_in is not null`,
  });
  return compare({ where: "days of paid periods against those that were settled", should, is, unsaid: "any" });
};
