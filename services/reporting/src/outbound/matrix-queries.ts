import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import type { DaySpan } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Epoch, epoch } from "./epoch.ts";

export type Cell = {
  readonly driver: DriverId;
  readonly serviceDate: string;
  readonly duty: DutyId;
  readonly run: string;
  readonly starts: Epoch;
  readonly ends: Epoch;
  readonly rosterVersion: number;
};

export type MatrixWanted = DaySpan & {
  readonly depot: DepotId;
  /** Null for now. */
  readonly knownAt: Instant | null;
};

export const matrixQueries = ({ rows }: Database) => ({
  /** By employee number, day and start. A release that was known at the same instant as the assignment leaves nothing. */
  async cells({ depot, from, to, knownAt }: MatrixWanted): Promise<readonly Cell[]> {
    const records = await rows<CellRecord>(
      // Looked up one by one: a join reads the drivers and duties of the whole metro for one depot.
      `select holding.driver_id, holding.service_date, holding.duty_id,
         coalesce((select run_id from duty_plan where duty_plan.duty_id = holding.duty_id), '') as run_id,
         ${epoch("holding.starts", "starts")}, ${epoch("holding.ends", "ends")}, roster_version
       from holding
       where holding.depot_id = $1 and holding.service_date between $2 and $3
         and known_from <= coalesce($4, 'infinity'::timestamptz) and (known_to is null or known_to > $4)
       order by (select number from driver where driver.id = holding.driver_id), holding.driver_id, holding.service_date, holding.starts`,
      [depot, from.toString(), to.toString(), knownAt?.toString() ?? null],
    );
    return records.map(toCell);
  },
});

type CellRecord = {
  driver_id: DriverId;
  service_date: string;
  duty_id: DutyId;
  run_id: string;
  starts: Epoch;
  ends: Epoch;
  roster_version: number;
};

const toCell = ({ driver_id, service_date, duty_id, run_id, starts, ends, roster_version }: CellRecord): Cell => ({
  driver: driver_id,
  serviceDate: service_date,
  duty: duty_id,
  run: run_id,
  starts,
  ends,
  rosterVersion: roster_version,
});
