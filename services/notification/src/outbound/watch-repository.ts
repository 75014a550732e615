import type { AssignmentId, DriverId, DutyId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { instantOf } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { DutyWatch, PlanChange, Release, ReleaseCause } from "../model/duty-news.ts";

export const watchRepository = {
  /** Makes the watch where there is none yet. */
  async lock(tx: Tx, duty: DutyId): Promise<DutyWatch> {
    const [record] = await rows<WatchRecord>(
      tx,
      `insert into duty_watch (duty_id) values ($1) on conflict (duty_id) do update set duty_id = excluded.duty_id
       returning duty_id, holder_id, held_since, released_id, released_assignment_id, release_cause, released_in,
         change_version, change_service_date, changed_at`,
      [duty],
    );
    if (!record) throw new Error("An upsert answered no row.");
    return toModel(record);
  },

  async save(tx: Tx, { duty, holder, released, change }: DutyWatch): Promise<void> {
    await execute(
      tx,
      `update duty_watch set holder_id = $2, held_since = $3,
         released_id = $4, released_assignment_id = $5, release_cause = $6, released_in = $7,
         change_version = $8, change_service_date = $9, changed_at = $10
       where duty_id = $1`,
      [
        duty,
        holder?.driver ?? null,
        holder?.since.toString() ?? null,
        released?.driver ?? null,
        released?.assignment ?? null,
        released?.cause ?? null,
        released?.rosterVersion ?? null,
        change?.version ?? null,
        change?.serviceDate.toString() ?? null,
        change?.at.toString() ?? null,
      ],
    );
  },
};

/** Each of the three parts is there with all its columns or with none. */
type WatchRecord = { duty_id: DutyId } & (HolderRecord | Nothing<HolderRecord>) &
  (ReleaseRecord | Nothing<ReleaseRecord>) &
  (ChangeRecord | Nothing<ChangeRecord>);
type Nothing<T> = { [Column in keyof T]: null };
type HolderRecord = { holder_id: DriverId; held_since: string };
type ReleaseRecord = {
  released_id: DriverId;
  released_assignment_id: AssignmentId;
  release_cause: ReleaseCause;
  released_in: number;
};
type ChangeRecord = { change_version: number; change_service_date: string; changed_at: string };

const toModel = (record: WatchRecord): DutyWatch => ({
  duty: record.duty_id,
  holder: record.holder_id === null ? null : toHolder(record),
  released: record.released_id === null ? null : toRelease(record),
  change: record.change_version === null ? null : toChange(record),
});

const toHolder = ({ holder_id, held_since }: HolderRecord): DutyWatch["holder"] => ({
  driver: holder_id,
  since: instantOf(held_since),
});

const toRelease = ({ released_id, released_assignment_id, release_cause, released_in }: ReleaseRecord): Release => ({
  driver: released_id,
  assignment: released_assignment_id,
  cause: release_cause,
  rosterVersion: released_in,
});

const toChange = ({ change_version, change_service_date, changed_at }: ChangeRecord): PlanChange => ({
  version: change_version,
  serviceDate: Temporal.PlainDate.from(change_service_date),
  at: instantOf(changed_at),
});
