import { missing } from "@headway/kernel/domain-error";
import type { PlainDate } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { activeServices } from "../model/feed/service.ts";
import type { BlockId, FeedId, LineCode, RunId, ServiceId, TripId } from "../model/ids.ts";
import type { Run } from "../model/run/run.ts";
import { type RunRecord, runColumns, toRun } from "./run-record.ts";
import { type ServiceRecord, serviceSql, toService } from "./service-record.ts";

/** Seconds of the service day. */
export type BlockListed = {
  readonly id: BlockId;
  readonly service: ServiceId;
  readonly line: LineCode;
  readonly starts: number;
  readonly ends: number;
  readonly trips: number;
};
export type TripRuns = { readonly trip: TripId; readonly service: ServiceId; readonly runs: readonly RunId[] };

/** What a feed has on a service day. */
export const runQueries = ({ rows }: Database) => {
  /** Refused with `feed.unknown`: a feed has at least one service. */
  const activeOn = async (feed: FeedId, date: PlainDate): Promise<readonly ServiceId[]> => {
    const services = await rows<ServiceRecord>(serviceSql, [feed]);
    if (services.length === 0) throw missing("feed.unknown", "There is no such feed.");
    return activeServices(services.map(toService), date);
  };

  return {
    async blocks(feed: FeedId, date: PlainDate, page: PageWanted): Promise<Page<BlockListed>> {
      const records = await rows<BlockRecord>(
        `select block_id, service_id, line, starts, ends, trips from block
         where feed_id = $1 and service_id = any($2::text[])
           and ($3::text[] is null or (service_id, block_id) > (($3::text[])[1], ($3::text[])[2]))
         order by service_id, block_id limit $4`,
        [feed, await activeOn(feed, date), page.after, page.size + 1],
      );
      return toPage(records.map(toBlockListed), page.size, ({ service, id }) => [service, id]);
    },

    async runs(feed: FeedId, date: PlainDate, page: PageWanted): Promise<Page<Run>> {
      const records = await rows<RunRecord>(
        `select ${runColumns} from run
         where feed_id = $1 and service_id = any($2::text[])
           and ($3::text[] is null or (service_id, run_id) > (($3::text[])[1], ($3::text[])[2]))
         order by service_id, run_id limit $4`,
        [feed, await activeOn(feed, date), page.after, page.size + 1],
      );
      return toPage(records.map(toRun), page.size, ({ service, id }) => [service, id]);
    },

    /** The runs that hold each trip: one, if all is well. */
    async tripRuns(feed: FeedId, date: PlainDate): Promise<readonly TripRuns[]> {
      const records = await rows<TripRunsRecord>(
        `with driven as (
           select service_id, run_id, jsonb_array_elements_text(piece -> 'trips') as trip_id
           from run, jsonb_array_elements(pieces) as piece
           where feed_id = $1 and service_id = any($2::text[]))
         select trip.trip_id, trip.service_id,
           coalesce(array_agg(driven.run_id order by driven.run_id) filter (where driven.run_id is not null), '{}') as run_ids
         from trip left join driven on driven.service_id = trip.service_id and driven.trip_id = trip.trip_id
         where trip.feed_id = $1 and trip.service_id = any($2::text[])
         group by trip.trip_id, trip.service_id order by trip.trip_id`,
        [feed, await activeOn(feed, date)],
      );
      return records.map(({ trip_id, service_id, run_ids }) => ({ trip: trip_id, service: service_id, runs: run_ids }));
    },
  };
};

type BlockRecord = Pick<BlockListed, "line" | "starts" | "ends" | "trips"> & {
  block_id: BlockId;
  service_id: ServiceId;
};
type TripRunsRecord = { trip_id: TripId; service_id: ServiceId; run_ids: RunId[] };

const toBlockListed = ({ block_id, service_id, ...block }: BlockRecord): BlockListed => ({
  ...block,
  id: block_id,
  service: service_id,
});
