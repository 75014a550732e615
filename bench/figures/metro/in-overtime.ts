import { sqlId } from "./ids.ts";
import { iso } from "./in-reporting.ts";
import { driverRows, dutyRows } from "./rows.ts";
import { type Shape, zone } from "./shape.ts";

/** Fills overtime's empty tables: what the days of each driver's week are worth, with one reason for pay. */
export const inOvertime = (shape: Shape): readonly string[] => [
  `insert into driver (id, depot_id, version) select id, depot_id, 1 from ${driverRows(shape)}`,
  `insert into worked_week (driver_id, first_day, days)
   select driver_id, date_trunc('week', service_date)::date, jsonb_agg(jsonb_build_object(
     'service_date', service_date, 'depot_id', depot_id, 'revision', 1, 'worked_minutes', 450,
     'components', ('[' || ${component} || ']')::jsonb
   ) order by service_date)
   from ${dutyRows(shape, { to: shape.worked ?? 0 })} group by 1, 2`,
];

/** The same with what was worked, under a contract of 40 hours, and nothing calculated yet. */
export const inOvertimeUnpaid = (shape: Shape): readonly string[] => [
  `insert into depot (id, zone) select distinct depot_id, '${zone}' from ${driverRows(shape)}`,
  `insert into driver (id, depot_id, version) select id, depot_id, 1 from ${driverRows(shape)}`,
  `insert into contract (driver_id, valid_from, agreement, weekly_minutes)
   select id, '2020-01-01', 'standard', 2400 from ${driverRows(shape)}`,
  `insert into worked_time (assignment_id, driver_id, first_day, service_date, duty_id, depot_id, work, version)
   select ${sqlId("assignment", "n")}, driver_id, date_trunc('week', service_date)::date, service_date, id, depot_id,
     ('[{"starts": "' || ${iso("starts")} || '", "ends": "' || ${iso("ends")} || '"}]')::jsonb, 1
   from ${dutyRows(shape)}`,
  "insert into week (first_day) select distinct first_day from worked_time",
  "insert into driver_week (driver_id, first_day) select distinct driver_id, first_day from worked_time",
];

const said = {
  id: "base.1",
  code: "BASE",
  minutes: 450,
  factor: 1000,
  agreement: "standard",
  rule: "base",
  ruleVersion: 1,
  sentence: "All that was worked, at the hourly rate.",
};

const component = `'${JSON.stringify(said).slice(0, -1)}, "duty": "' || id || '", "intervals": [{"starts": "' || ${iso("starts")}
  || '", "ends": "' || ${iso("ends")} || '"}]}'`;
