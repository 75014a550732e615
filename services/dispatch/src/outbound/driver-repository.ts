import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { unheard } from "@headway/kernel/unheard";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import { rows } from "@headway/postgres/transaction";
import type { AssignmentState } from "../model/assignment.ts";
import type { DriverDuty } from "../model/next-duty.ts";

/** Where a driver is employed. */
export type Home = { readonly depot: DepotId; readonly zone: string };

export const driverRepository = {
  /** Refused with `driver.unknown`. */
  async homeOf(tx: Tx, driver: DriverId): Promise<Home> {
    const [record] = await rows<HomeRecord>(tx, homeSql, [driver]);
    return toHome(record);
  },
};

export const driverQueries = (db: Database) => ({
  /** Refused with `driver.unknown`. */
  async homeOf(driver: DriverId): Promise<Home> {
    const [record] = await db.rows<HomeRecord>(homeSql, [driver]);
    return toHome(record);
  },

  /** What the driver has in the published roster and may still be on, or has ahead; by start. */
  async duties(driver: DriverId, now: Instant): Promise<readonly DriverDuty[]> {
    const records = await db.rows<DriverDutyRecord>(
      `select planned_duty.id, planned_duty.service_date, planned_duty.ends, assignment.state
       from rostered_assignment join planned_duty on planned_duty.id = rostered_assignment.duty_id
         left join assignment on assignment.id = rostered_assignment.id
       where rostered_assignment.driver_id = $1 and planned_duty.ends > $2::timestamptz - interval '2 days'
         and (assignment.id is not null or (rostered_assignment.released_at is null and not planned_duty.withdrawn))
       order by planned_duty.starts, planned_duty.id`,
      [driver, now.toString()],
    );
    return records.map(toDriverDuty);
  },
});

const homeSql = "select depot_id, time_zone from driver join depot on depot.id = driver.depot_id where driver.id = $1";

type HomeRecord = { depot_id: DepotId; time_zone: string };

type DriverDutyRecord = { id: DutyId; service_date: string; ends: string; state: AssignmentState | null };

const toDriverDuty = ({ id, service_date, ends, state }: DriverDutyRecord): DriverDuty => ({
  duty: id,
  serviceDate: Temporal.PlainDate.from(service_date),
  ends: instantOf(ends),
  state,
});

const toHome = (record: HomeRecord | undefined): Home => {
  if (!record) throw unheard("driver");
  return { depot: record.depot_id, zone: record.time_zone };
};
