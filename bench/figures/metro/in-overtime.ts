import { iso } from "./in-reporting.ts";
import { driverRows, dutyRows } from "./rows.ts";
import type { Shape } from "./shape.ts";

/** Fills overtime's empty tables: what each worked day is worth, with one reason for pay. */
export const inOvertime = (shape: Shape): readonly string[] => [
  `insert into driver (id, depot_id, version) select id, depot_id, 1 from ${driverRows(shape)}`,
  `insert into worked_day (driver_id, service_date, depot_id, revision, worked_minutes, components)
   select driver_id, service_date, depot_id, 1, 450,
     ('[' || ${component} || ']')::jsonb
   from ${dutyRows(shape, { to: shape.worked ?? 0 })}`,
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
