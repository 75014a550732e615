import type { Command, Tx } from "@headway/kernel/tx";
import type { LineDepot } from "../model/feed/feed.ts";
import type { FeedId } from "../model/ids.ts";

export type AssignLinesInput = { readonly feed: FeedId; readonly lines: readonly LineDepot[] };

export type AssignLinesNeeds = {
  readonly feeds: {
    lock(tx: Tx, id: FeedId): Promise<void>;
    assign(tx: Tx, id: FeedId, lines: readonly LineDepot[]): Promise<void>;
  };
};

/** Says which depot runs which lines. Refused with `feed.unknown` or `line.unknown`. */
export const assignLines =
  ({ feeds }: AssignLinesNeeds): Command<AssignLinesInput, void> =>
  async (tx, { feed, lines }) => {
    await feeds.lock(tx, feed);
    await feeds.assign(tx, feed, lines);
  };
