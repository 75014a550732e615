import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DriverId, DutyId } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import { instantOf, instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { Rostered, RosteredAssignment } from "../model/follow.ts";

/** What scheduling says of assignments, in whatever order it comes. */
export const rosterRepository = {
  /** `rosterVersion` is null while only the answer to a replacement is known. */
  async assign(tx: Tx, { id, duty, driver }: Rostered, rosterVersion: number | null, at: Instant): Promise<void> {
    await execute(
      tx,
      `insert into rostered_assignment (id, duty_id, driver_id, roster_version, assigned_at) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set roster_version = coalesce(excluded.roster_version, rostered_assignment.roster_version)`,
      [id, duty, driver, rosterVersion, at.toString()],
    );
  },

  async release(tx: Tx, { id, duty, driver }: Rostered, rosterVersion: number, at: Instant): Promise<void> {
    await execute(
      tx,
      `insert into rostered_assignment (id, duty_id, driver_id, roster_version, assigned_at, released_at) values ($1, $2, $3, $4, $5, $5)
       on conflict (id) do update set released_at = excluded.released_at`,
      [id, duty, driver, rosterVersion, at.toString()],
    );
  },

  /** A person says that the driver works the duty after all: what took it away so far no longer counts. */
  async reinstate(tx: Tx, id: AssignmentId): Promise<void> {
    await execute(tx, "update rostered_assignment set released_at = null where id = $1", [id]);
  },

  async ofDuty(tx: Tx, duty: DutyId): Promise<readonly RosteredAssignment[]> {
    return (await rosterRepository.ofDuties(tx, [duty])).get(duty) ?? [];
  },

  /** By duty, each duty's in the order of assigning: the last one can hold it. */
  async ofDuties(tx: Tx, duties: readonly DutyId[]): Promise<ReadonlyMap<DutyId, readonly RosteredAssignment[]>> {
    const records = await rows<RosteredRecord>(
      tx,
      `select id, duty_id, driver_id, assigned_at, released_at from rostered_assignment
       where duty_id = any($1::uuid[]) order by roster_version nulls last, assigned_at, id`,
      [duties],
    );
    return Map.groupBy(records.map(toModel), ({ duty }) => duty);
  },
};

type RosteredRecord = {
  id: AssignmentId;
  duty_id: DutyId;
  driver_id: DriverId;
  assigned_at: string;
  released_at: string | null;
};

const toModel = (record: RosteredRecord): RosteredAssignment => ({
  id: record.id,
  duty: record.duty_id,
  driver: record.driver_id,
  assignedAt: instantOf(record.assigned_at),
  releasedAt: instantOrNull(record.released_at),
});
