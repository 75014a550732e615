import type { AssignmentId, DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { Holding } from "../model/holding.ts";

export const holdingRepository = {
  /** The newest last. */
  async lock(tx: Tx, duty: DutyId): Promise<readonly Holding[]> {
    const records = await rows<HoldingRecord>(
      tx,
      `select assignment_id, duty_id, driver_id, depot_id, service_date, starts, ends, roster_version, known_from, known_to
       from holding where duty_id = $1 order by place for update`,
      [duty],
    );
    return records.map(toModel);
  },

  /** All holdings of one duty, the newest last. */
  async save(tx: Tx, holdings: readonly Holding[]): Promise<void> {
    await execute(
      tx,
      `insert into holding (duty_id, place, newest, assignment_id, driver_id, depot_id, service_date, starts, ends, roster_version, known_from, known_to)
       select duty_id, place, place = $11, assignment_id, driver_id, depot_id, service_date, starts, ends, roster_version, known_from, known_to
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::timestamptz[], $7::timestamptz[], $8::integer[], $9::timestamptz[], $10::timestamptz[])
         with ordinality as said (duty_id, assignment_id, driver_id, depot_id, service_date, starts, ends, roster_version, known_from, known_to, place)
       order by place
       on conflict (duty_id, place) do update set newest = excluded.newest, known_to = excluded.known_to`,
      [
        holdings.map(({ duty }) => duty),
        holdings.map(({ assignment }) => assignment),
        holdings.map(({ driver }) => driver),
        holdings.map(({ depot }) => depot),
        holdings.map(({ serviceDate }) => serviceDate.toString()),
        holdings.map(({ worked }) => worked.starts.toString()),
        holdings.map(({ worked }) => worked.ends.toString()),
        holdings.map(({ rosterVersion }) => rosterVersion),
        holdings.map(({ known }) => known.from.toString()),
        holdings.map(({ known }) => known.to?.toString() ?? null),
        holdings.length,
      ],
    );
  },
};

type HoldingRecord = {
  assignment_id: AssignmentId;
  duty_id: DutyId;
  driver_id: DriverId;
  depot_id: DepotId;
  service_date: string;
  starts: string;
  ends: string;
  roster_version: number;
  known_from: string;
  known_to: string | null;
};

const toModel = (record: HoldingRecord): Holding => ({
  assignment: record.assignment_id,
  duty: record.duty_id,
  driver: record.driver_id,
  depot: record.depot_id,
  serviceDate: Temporal.PlainDate.from(record.service_date),
  worked: { starts: instantOf(record.starts), ends: instantOf(record.ends) },
  rosterVersion: record.roster_version,
  known: { from: instantOf(record.known_from), to: instantOrNull(record.known_to) },
});
