import type { Tx } from "@headway/kernel/tx";
import { execute, rows } from "@headway/postgres/transaction";
import type { FeedId, ServiceId } from "../model/ids.ts";
import type { Run } from "../model/run/run.ts";
import { type RunRecord, runColumns, toPiecesRecord, toRun } from "./run-record.ts";

export const runRepository = {
  async replace(tx: Tx, feed: FeedId, services: readonly ServiceId[], runs: readonly Run[]): Promise<void> {
    await execute(tx, "delete from run where feed_id = $1 and service_id = any($2::text[])", [feed, services]);
    await execute(
      tx,
      `insert into run (feed_id, ${runColumns})
       select $1, ${runColumns}
       from unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[], $8::jsonb[]) as said (${runColumns})`,
      [
        feed,
        runs.map(({ service }) => service),
        runs.map(({ id }) => id),
        runs.map(({ line }) => line),
        runs.map(({ starts }) => starts),
        runs.map(({ ends }) => ends),
        runs.map(({ work }) => work),
        runs.map(toPiecesRecord),
      ],
    );
  },

  async ofServices(tx: Tx, feed: FeedId, services: readonly ServiceId[]): Promise<readonly Run[]> {
    const records = await rows<RunRecord>(
      tx,
      `select ${runColumns} from run where feed_id = $1 and service_id = any($2::text[]) order by service_id, run_id`,
      [feed, services],
    );
    return records.map(toRun);
  },

  /** Those that have blocks, but no runs. */
  async uncut(tx: Tx, feed: FeedId, services: readonly ServiceId[]): Promise<readonly ServiceId[]> {
    const records = await rows<{ service_id: ServiceId }>(
      tx,
      `select distinct block.service_id from block
       where block.feed_id = $1 and block.service_id = any($2::text[])
         and not exists (select 1 from run where run.feed_id = block.feed_id and run.service_id = block.service_id)
       order by block.service_id`,
      [feed, services],
    );
    return records.map(({ service_id }) => service_id);
  },
};
