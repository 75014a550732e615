import { sqlId } from "./ids.ts";
import { driverRows } from "./rows.ts";
import { type Shape, zone } from "./shape.ts";

/** Fills hr's empty tables: the people themselves, without contracts. */
export const inHr = (shape: Shape): readonly string[] => [
  `insert into depot (id, code, name, time_zone, version)
   select ${sqlId("depot", "n")}, 'D' || n, 'Depot ' || n, '${zone}', 1 from generate_series(0, ${shape.depots - 1}) as n`,
  `insert into employee (id, number, given_name, family_name, depot_id, hired_on, version)
   select id, number, 'Given ' || n, 'Family ' || n, depot_id, '2020-01-01', 1 from ${driverRows(shape)}`,
];
