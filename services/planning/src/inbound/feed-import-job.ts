import type { Command } from "@headway/kernel/tx";
import { beside, type Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";
import type { ReadFeed } from "../model/feed/feed-reading.ts";
import { type FeedImportId, mostAttempts } from "../model/feed-import.ts";
import type { feedImportQueries, feedImportRepository } from "../outbound/feed-import-repository.ts";
import type { TakeFeedInput } from "../usecases/take-feed.ts";
import { readFeedArchive } from "./feed-archive.ts";

export type FeedImportJobNeeds = {
  readonly inTx: Database["inTx"];
  readonly takeFeed: Command<TakeFeedInput, void>;
  readonly imports: Pick<typeof feedImportRepository, "takeInHand" | "begin" | "putBack" | "advance">;
  readonly queries: Pick<ReturnType<typeof feedImportQueries>, "running" | "content">;
};

export const feedImportJob = "feed-import";

/** Reads the feeds that wait; reads anew what an earlier process was killed over. */
export const makeFeedImportJob = ({ inTx, takeFeed, imports, queries }: FeedImportJobNeeds): Job => ({
  name: feedImportJob,
  everyMs: 2000,
  async run(_now, stopping) {
    for (const id of await queries.running()) await read(id);

    /** One transaction has the import in hand from first to last, others show its progress. */
    function read(id: FeedImportId): Promise<void> {
      return inTx(async (tx) => {
        if (stopping.aborted || !(await imports.takeInHand(tx, id))) return;
        const attempt = await beside(() => inTx((tx) => imports.begin(tx, id)));
        if (attempt === null) return;
        if (attempt > mostAttempts) return takeFeed(tx, { import: id, read: givenUp });
        const reading = readFeedArchive(await beside(() => queries.content(id)));
        for (;;) {
          const step = await reading.next();
          if (step.done) return takeFeed(tx, { import: id, read: step.value });
          if (stopping.aborted) return beside(() => inTx((tx) => imports.putBack(tx, id)));
          await beside(() => inTx((tx) => imports.advance(tx, id, step.value)));
          // The database ends a transaction that is silent for a minute.
          await imports.takeInHand(tx, id);
        }
      });
    }
  },
});

const givenUp: ReadFeed = {
  feed: null,
  findings: [
    {
      severity: "error",
      file: "feed.zip",
      row: null,
      field: null,
      message: `Reading was begun ${mostAttempts} times and broke off each time. Hand the file in again, or a smaller one.`,
    },
  ],
};
