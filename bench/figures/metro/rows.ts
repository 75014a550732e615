import { sqlId } from "./ids.ts";
import { type Shape, zone } from "./shape.ts";

/** All drivers: number, depot. */
export const driverRows = ({ depots, driversPerDepot }: Shape): string =>
  `(select n, ${sqlId("driver", "n")} as id, to_char(n, 'FM000000') as number, ${sqlId("depot", `n / ${driversPerDepot}`)} as depot_id
    from generate_series(0, ${depots * driversPerDepot - 1}) as n) as driver`;

/**
 * The duties of the days up to but without `to`, in the order of depot, day and driver, as planning tells them; 8 hours
 * with 30 minutes unpaid, from 04:00 on, and each driver's at the same time of the day.
 */
export const dutyRows = (shape: Shape, { to = shape.days.length } = {}): string => {
  const { depots, driversPerDepot, days } = shape;
  const perDepot = days.length * driversPerDepot;
  const starts =
    shape.starts ?? `(service_date + time '04:00' + (place % 24) * interval '20 minutes') at time zone '${zone}'`;
  return `(select n, ${sqlId("duty", "n")} as id, depot, ${sqlId("depot", "depot")} as depot_id, nth, place,
      ${sqlId("driver", `depot * ${driversPerDepot} + place`)} as driver_id, service_date,
      'run-' || place as run_id, ${starts} as starts, ${starts} + interval '8 hours' as ends
    from generate_series(0, ${depots * perDepot - 1}) as n,
      lateral (select n / ${perDepot} as depot, n / ${driversPerDepot} % ${days.length} as nth, n % ${driversPerDepot} as place) as split,
      lateral (select ('{${days.join(",")}}'::date[])[nth + 1] as service_date) as dated
    where nth < ${to}) as duty`;
};
