import { sqlId } from "./ids.ts";
import { iso } from "./in-reporting.ts";
import { driverRows, dutyRows } from "./rows.ts";
import { type Shape, zone } from "./shape.ts";

/** Fills dispatch's empty tables with what it would have heard; no day is activated yet. */
export const inDispatch = (shape: Shape): readonly string[] => [
  `insert into depot (id, time_zone, opens_minutes, late_minutes, missed_minutes, call_in_minutes, overrun_minutes, sign_off_by_system_minutes)
   select ${sqlId("depot", "n")}, '${zone}', 30, 5, 20, 60, 15, 240 from generate_series(0, ${shape.depots - 1}) as n`,
  `insert into driver (id, depot_id) select id, depot_id from ${driverRows(shape)}`,
  `insert into planned_duty (id, depot_id, service_date, run_id, line, starts, ends, pieces, withdrawn, changed_at, version)
   select id, depot_id, service_date, run_id, 'A', starts, ends,
     ('[{"starts": "' || ${iso("starts")} || '", "ends": "' || ${iso("ends")} || '"}]')::jsonb, false, now(), 1
   from ${dutyRows(shape)}`,
  `insert into rostered_assignment (id, duty_id, driver_id, roster_version, assigned_at)
   select ${sqlId("assignment", "n")}, id, driver_id, 1, now() - interval '1 day' from ${dutyRows(shape, { to: shape.rostered })}`,
];
