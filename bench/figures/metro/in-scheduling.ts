import { sqlId } from "./ids.ts";
import { driverRows, dutyRows } from "./rows.ts";
import { periodOf, type Shape } from "./shape.ts";

/** Fills the scheduling service's empty tables: copies as events would have left them, and one published roster a depot. */
export const inScheduling = (shape: Shape): readonly string[] => {
  const { from, to } = periodOf(shape);
  return [
    `insert into depot (id) select ${sqlId("depot", "n")} from generate_series(0, ${shape.depots - 1}) as n`,
    `insert into driver (id, number, depot_id, employed_from) select id, number, depot_id, '2020-01-01' from ${driverRows(shape)}`,
    `insert into contract (driver_id, valid_from, agreement, weekly_minutes)
     select id, '2020-01-01', 'standard', 2400 from ${driverRows(shape)}`,
    `insert into qualification (driver_id, code, valid_from) select id, 'A', '2020-01-01' from ${driverRows(shape)}`,
    `insert into roster (id, depot_id, period, current_version, published_at, version)
     select ${sqlId("roster", "n")}, ${sqlId("depot", "n")}, daterange('${from}', '${to}', '[]'), 1, now(), 2
     from generate_series(0, ${shape.depots - 1}) as n`,
    `insert into duty (id, depot_id, service_date, service_id, run_id, starts_at, ends_at, work_minutes, qualification, planned_version, told)
     select id, depot_id, service_date, 'daily', run_id, starts, ends, 450, 'A', 1, (nth < ${shape.rostered})::int
     from ${dutyRows(shape)}`,
    `insert into assignment (id, roster_id, duty_id, driver_id, worked, work_minutes, state, from_version, version)
     select ${sqlId("assignment", "n")}, ${sqlId("roster", "depot")}, id, driver_id, tstzrange(starts, ends), 450, 'assigned', 1, 1
     from ${dutyRows(shape, { to: shape.rostered })} order by depot, driver_id, starts`,
  ];
};
