import type { Database } from "@headway/postgres/database";

/**
 * Holds the log to docs/adr/0002: an aggregate's versions rise from 1 on, and only what one transaction told of it shares one.
 * @throws Error that names the first events which do not
 */
export const demandRisingVersions = async ({ rows }: Pick<Database, "rows">): Promise<void> => {
  const wrong = await rows<{ aggregate: string; type: string; version: number; before: number | null }>(
    `select aggregate_id as aggregate, type, aggregate_version as version, before from (
       select aggregate_id, type, position, aggregate_version, recorded_at,
         lag(aggregate_version) over told as before, lag(recorded_at) over told as recorded_before
       from event_log window told as (partition by aggregate_id order by position)) as event
     where aggregate_version < 1 or aggregate_version < before or (aggregate_version = before and recorded_at <> recorded_before)
     order by position limit 5`,
  );
  if (wrong.length === 0) return;
  const named = wrong.map(
    ({ aggregate, type, version, before }) => `${type} ${version} after ${before} of ${aggregate}`,
  );
  throw new Error(`Versions in the event log do not rise: ${named.join("; ")}.`);
};
