import { sqlId } from "../metro/ids.ts";
import { driverRows } from "../metro/rows.ts";
import type { Shape } from "../metro/shape.ts";

const open = "now(), now(), now() + interval '8 hours'";

/** The secret of a session, which only benches could guess. */
export const driverSecret = (driver: number): string => `bench-session-of-driver-${driver}`;
export const dispatcherSecret = (dispatcher: number): string => `bench-session-of-dispatcher-${dispatcher}`;

/** Everybody is logged in already: drivers with their role, and dispatchers of one depot each. Logging in is not what is measured. */
export const inIam = (shape: Shape, dispatchers: number): readonly string[] => {
  const drivers = shape.depots * shape.driversPerDepot;
  const dispatcher = `generate_series(0, ${dispatchers - 1}) as n`;
  // Behind those of the drivers.
  const user = `n + ${drivers}`;
  return [
    `insert into app_user (id, user_name, employee_id, disabled, version)
     select ${sqlId("user", "n")}, 'driver-' || n, id, false, 1 from ${driverRows(shape)}`,
    `insert into user_grant (user_id, role, depot_ids) select ${sqlId("user", "n")}, 'driver', array[depot_id] from ${driverRows(shape)}`,
    `insert into session (secret_hash, id, user_id, started_at, last_seen_at, ends_at)
     select sha256(convert_to('${driverSecret(0).slice(0, -1)}' || n, 'UTF8')), ${sqlId("session", "n")}, ${sqlId("user", "n")}, ${open}
     from ${driverRows(shape)}`,
    `insert into app_user (id, user_name, disabled, version)
     select ${sqlId("user", user)}, 'dispatcher-' || n, false, 1 from ${dispatcher}`,
    `insert into user_grant (user_id, role, depot_ids)
     select ${sqlId("user", user)}, 'dispatcher', array[${sqlId("depot", `n % ${shape.depots}`)}] from ${dispatcher}`,
    `insert into session (secret_hash, id, user_id, started_at, last_seen_at, ends_at)
     select sha256(convert_to('${dispatcherSecret(0).slice(0, -1)}' || n, 'UTF8')), ${sqlId("session", user)}, ${sqlId("user", user)}, ${open}
     from ${dispatcher}`,
  ];
};
