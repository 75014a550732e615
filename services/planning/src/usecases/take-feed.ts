import { newId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Block, blocksOf } from "../model/block/block.ts";
import type { Feed } from "../model/feed/feed.ts";
import type { ReadFeed } from "../model/feed/feed-reading.ts";
import type { FeedFinding } from "../model/feed/finding.ts";
import type { FeedImportId } from "../model/feed-import.ts";
import type { FeedId } from "../model/ids.ts";

export type TakeFeedInput = { readonly import: FeedImportId; readonly read: ReadFeed };

export type TakeFeedNeeds = {
  readonly imports: {
    fileName(tx: Tx, id: FeedImportId): Promise<string>;
    done(tx: Tx, id: FeedImportId, feed: FeedId, findings: readonly FeedFinding[]): Promise<void>;
    failed(tx: Tx, id: FeedImportId, findings: readonly FeedFinding[]): Promise<void>;
  };
  readonly feeds: { add(tx: Tx, id: FeedId, name: string, feed: Feed, blocks: readonly Block[]): Promise<void> };
};

/** Takes in the whole feed that was read, or nothing of it. The import is in the transaction's hand. */
export const takeFeed =
  ({ imports, feeds }: TakeFeedNeeds): Command<TakeFeedInput, void> =>
  async (tx, { import: id, read: { feed, findings } }) => {
    if (feed === null) return imports.failed(tx, id, findings);
    const feedId = newId<FeedId>();
    await feeds.add(tx, feedId, await imports.fileName(tx, id), feed, blocksOf(feed.trips));
    await imports.done(tx, id, feedId, findings);
  };
