import { missing } from "@headway/kernel/domain-error";
import type { DepotId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import type { Line } from "../model/feed/feed.ts";
import type { FeedId, Terminal } from "../model/ids.ts";

export type FeedListed = {
  readonly id: FeedId;
  readonly name: string;
  readonly zone: string;
  /** ISO dates. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly trips: number;
  readonly lines: number;
  readonly hasBlocks: boolean;
};
export type LineListed = Line & { readonly depot: DepotId | null; readonly trips: number };

export const feedQueries = ({ rows }: Database) => ({
  /** Newest first. */
  async list(page: PageWanted): Promise<Page<FeedListed>> {
    const records = await rows<FeedRecord>(
      `select id, name, time_zone, first_day, last_day, has_blocks,
         (select sum(trips)::integer from line where line.feed_id = feed.id) as trips,
         (select count(*)::integer from line where line.feed_id = feed.id) as lines
       from feed where $1::uuid is null or id < $1 order by id desc limit $2`,
      [page.after?.[0] ?? null, page.size + 1],
    );
    return toPage(records.map(toFeedListed), page.size, ({ id }) => [id]);
  },

  /** By code; a feed has at least one. Refused with `feed.unknown`. */
  async lines(feed: FeedId): Promise<readonly LineListed[]> {
    const records = await rows<LineRecord>(
      "select code, name, colour, depot_id, trips from line where feed_id = $1 order by code",
      [feed],
    );
    if (records.length === 0) throw missing("feed.unknown", "There is no such feed.");
    return records.map(({ depot_id, ...line }) => ({ ...line, depot: depot_id }));
  },

  async stopNames(feed: FeedId): Promise<ReadonlyMap<Terminal, string>> {
    const records = await rows<{ stop_id: Terminal; name: string }>(
      "select stop_id, name from stop where feed_id = $1",
      [feed],
    );
    return new Map(records.map(({ stop_id, name }) => [stop_id, name]));
  },
});

type FeedRecord = Pick<FeedListed, "id" | "name" | "trips" | "lines"> & {
  time_zone: string;
  first_day: string;
  last_day: string;
  has_blocks: boolean;
};
type LineRecord = Line & { depot_id: DepotId | null; trips: number };

const toFeedListed = ({ time_zone, first_day, last_day, has_blocks, ...feed }: FeedRecord): FeedListed => ({
  ...feed,
  zone: time_zone,
  firstDay: first_day,
  lastDay: last_day,
  hasBlocks: has_blocks,
});
