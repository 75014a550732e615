import type { DepotId } from "@headway/kernel/ids";
import { lostRace } from "@headway/kernel/lost-race";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { execute, rows } from "@headway/postgres/transaction";
import type { Duty } from "../model/duty/duty.ts";
import type { FeedId } from "../model/ids.ts";
import { type DutyRecord, dutyColumns, toDuty, toPiecesRecord } from "./duty-record.ts";

const types =
  "$2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::integer[], $11::jsonb[], $12::jsonb[], $13::integer[]";

export const dutyRepository = {
  /**
   * Those of the feed or in one of the depots. Two plans at once could both miss what the other adds, so the table is
   * locked against writing: only plans write it.
   */
  async lock(tx: Tx, feed: FeedId, depots: readonly DepotId[], days: readonly PlainDate[]): Promise<readonly Duty[]> {
    await execute(tx, "lock table duty in share row exclusive mode");
    const records = await rows<DutyRecord>(
      tx,
      `select ${dutyColumns} from duty
       where state = 'planned' and service_date = any($1::date[]) and (feed_id = $2 or depot_id = any($3::uuid[]))
       order by id`,
      [days.map(String), feed, depots],
    );
    return records.map(toDuty);
  },

  async add(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void> {
    await execute(
      tx,
      `insert into duty (feed_id, state, ${dutyColumns})
       select $1, 'planned', ${dutyColumns} from unnest(${types}) as said (${dutyColumns})`,
      [feed, ...columnsOf(duties)],
    );
  },

  async save(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void> {
    const saved = await execute(
      tx,
      `update duty set feed_id = $1, line = said.line, starts = said.starts, ends = said.ends,
         work_minutes = said.work_minutes, pieces = said.pieces, trips = said.trips, version = said.version
       from unnest(${types}) as said (${dutyColumns})
       where duty.id = said.id and duty.version = said.version - 1`,
      [feed, ...columnsOf(duties)],
    );
    if (saved !== duties.length) throw lostRace("duty");
  },

  /** Makes them the feed's, with the trips as it names them: nothing of it that others hear. */
  async adopt(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void> {
    await execute(
      tx,
      `update duty set feed_id = $1, trips = said.trips
       from unnest($2::uuid[], $3::jsonb[]) as said (id, trips)
       where duty.id = said.id and (duty.feed_id, duty.trips) is distinct from ($1, said.trips)`,
      [feed, duties.map(({ id }) => id), duties.map(({ trips }) => JSON.stringify(trips))],
    );
  },

  async withdraw(tx: Tx, duties: readonly Duty[]): Promise<void> {
    const saved = await execute(
      tx,
      `update duty set state = 'withdrawn', version = said.version
       from unnest($1::uuid[], $2::integer[]) as said (id, version)
       where duty.id = said.id and duty.version = said.version - 1`,
      [duties.map(({ id }) => id), duties.map(({ version }) => version)],
    );
    if (saved !== duties.length) throw lostRace("duty");
  },
};

export type DutiesWanted = {
  /** Null for all. */
  readonly depots: readonly DepotId[] | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly page: PageWanted;
};

export const dutyQueries = ({ rows }: Database) => ({
  /** By start; those at one time by run. */
  async list({ depots, from, to, page }: DutiesWanted): Promise<Page<Duty>> {
    const records = await rows<DutyRecord>(
      `select ${dutyColumns} from duty
       where state = 'planned' and service_date between $1 and $2 and ($3::uuid[] is null or depot_id = any($3))
         and ($4::text[] is null
           or (starts, run_id, service_id, id) > (($4::text[])[1]::timestamptz, ($4::text[])[2], ($4::text[])[3], ($4::text[])[4]::uuid))
       order by starts, run_id, service_id, id limit $5`,
      [from.toString(), to.toString(), depots, page.after, page.size + 1],
    );
    return toPage(records.map(toDuty), page.size, ({ starts, run, service, id }) => [
      starts.toString(),
      run,
      service,
      id,
    ]);
  },
});

const columnsOf = (duties: readonly Duty[]): unknown[] => [
  duties.map(({ id }) => id),
  duties.map(({ depot }) => depot),
  duties.map(({ date }) => date.toString()),
  duties.map(({ service }) => service),
  duties.map(({ run }) => run),
  duties.map(({ line }) => line),
  duties.map(({ starts }) => starts.toString()),
  duties.map(({ ends }) => ends.toString()),
  duties.map(({ workMinutes }) => workMinutes),
  duties.map(toPiecesRecord),
  duties.map(({ trips }) => JSON.stringify(trips)),
  duties.map(({ version }) => version),
];
