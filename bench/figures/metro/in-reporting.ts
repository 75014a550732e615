import { sqlId } from "./ids.ts";
import { driverRows, dutyRows } from "./rows.ts";
import type { Shape } from "./shape.ts";

/** Fills reporting's empty tables: the plan, who holds what, and how the worked days went; they are activated. */
export const inReporting = (shape: Shape): readonly string[] => {
  const worked = { to: shape.worked ?? 0 };
  return [
    `insert into driver (id, number) select id, number from ${driverRows(shape)}`,
    `insert into duty_plan (duty_id, version, depot_id, service_date, run_id, line, starts, ends, pieces, withdrawn, changed_at)
     select id, 1, depot_id, service_date, run_id, 'A', starts, ends,
       ('[' || ${piece("starts", "starts + interval '3 hours 45 minutes'")} || ',' || ${piece("starts + interval '4 hours 15 minutes'", "ends")} || ']')::jsonb,
       false, now()
     from ${dutyRows(shape)}`,
    `insert into holding (duty_id, place, newest, assignment_id, driver_id, depot_id, service_date, starts, ends, roster_version, known_from)
     select id, 1, true, ${sqlId("assignment", "n")}, driver_id, depot_id, service_date, starts, ends, 1, now()
     from ${dutyRows(shape, { to: shape.rostered })}`,
    `insert into duty_day (duty_id, version, assignment_id, driver_id, phase, signed_on_at, signed_off_at, changed_at)
     select id, 4, ${sqlId("assignment", "n")}, driver_id, 'signed-off', starts, ends, now() from ${dutyRows(shape, worked)}`,
    `insert into activated_day (depot_id, service_date)
     select ${sqlId("depot", "n")}, day from generate_series(0, ${shape.depots - 1}) as n,
       unnest('{${shape.days.slice(0, worked.to).join(",")}}'::date[]) as day`,
  ];
};

const piece = (starts: string, ends: string): string =>
  `'{"block": "block-' || place || '", "starts": "' || ${iso(starts)} || '", "ends": "' || ${iso(ends)} || '"}'`;

/** An instant as a service writes it in a JSON column. */
export const iso = (instant: string): string => `replace(((${instant}) at time zone 'UTC')::text, ' ', 'T') || 'Z'`;
