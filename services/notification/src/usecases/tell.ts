import { newId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { deliver, type News, type NewsKey, type Notice } from "../model/notice.ts";
import type { NotificationEvent } from "../model/notification-event.ts";

export type TellNeeds = {
  readonly notices: {
    takeBack(tx: Tx, keys: readonly NewsKey[]): Promise<void>;
    /** Answers those that were not told before. */
    add(tx: Tx, notices: readonly Notice[]): Promise<readonly Notice[]>;
  };
  readonly events: { record(tx: Tx, events: readonly NotificationEvent[]): Promise<void> };
};

type Told = { readonly deliver: readonly News[]; readonly takeBack: readonly NewsKey[] };

/** What all telling ends with: what is no news any more leaves the inboxes unless it was seen, and what is news lies there once. */
export const tell =
  ({ notices, events }: TellNeeds): Command<Told, void> =>
  async (tx, told) => {
    await notices.takeBack(tx, told.takeBack);
    const delivered = await notices.add(
      tx,
      told.deliver.map((news) => deliver(news, newId())),
    );
    await events.record(
      tx,
      delivered.map((notice) => ({ type: "NoticeDelivered", notice })),
    );
  };
