import { seldom } from "@headway/kernel/seldom";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { afterCommit } from "@headway/postgres/transaction";
import type { BusMessage } from "./bus.ts";
import { type BoundConsumer, idOf, typeOf } from "./consumer.ts";
import { enter, forget, leave } from "./inbox-entry.ts";
import { isAway, park, reasonOf } from "./parking.ts";
import { pauses } from "./pauses.ts";
import { strangeness } from "./stranger.ts";

export type InboxNeeds = {
  readonly db: Database;
  readonly onParked: (consumer: string, message: BusMessage, error: unknown) => void;
  /** Milliseconds between the tries before an event is parked. */
  readonly retries?: readonly number[];
};

/** Milliseconds in which a consumer's inbox is looked through once for what can be forgotten. */
const forgetEveryMs = 60_000;

/**
 * Handles each event once, in order, or parks it. The inbox row and the effect are one transaction.
 * The usual case is one transaction for the batch; when it fails, each event gets its own.
 * Throws only when the database is away, or too busy: then nothing is known, and the bus delivers again.
 */
export const handleOnce = ({ db, onParked, retries = [50, 250, 1000] }: InboxNeeds) => {
  const handleAll = async (tx: Tx, consumer: BoundConsumer, messages: readonly BusMessage[]): Promise<void> => {
    const { fresh, held } = await enter(tx, consumer.name, messages);
    await consumer.before(
      tx,
      messages.filter((message) => fresh.has(idOf(message)) && !held.has(message.key)),
    );
    for (const message of messages) {
      if (!fresh.delete(idOf(message))) continue;
      if (held.has(message.key)) await setAside(tx, consumer, message, null);
      else if (consumer.knows(typeOf(message))) await consumer.handle(tx, message);
      else {
        await setAside(tx, consumer, message, new Error(`this version does not know ${typeOf(message)}`));
        held.add(message.key);
      }
    }
  };

  // An event is in the inbox or parked, never both. Without an error it only waits behind another.
  const setAside = async (tx: Tx, { name }: BoundConsumer, message: BusMessage, error: unknown): Promise<void> => {
    await leave(tx, name, idOf(message));
    await park(tx, name, message, error === null ? "" : reasonOf(error));
    if (error !== null) afterCommit(tx, () => onParked(name, message, error));
  };

  const parkHopeless = async (tx: Tx, consumer: BoundConsumer, message: BusMessage, error: unknown): Promise<void> => {
    // Unless another member has handled it meanwhile.
    if ((await enter(tx, consumer.name, [message])).fresh.size > 0) await setAside(tx, consumer, message, error);
  };

  const handleAlone = async (consumer: BoundConsumer, message: BusMessage): Promise<void> => {
    for await (const last of pauses(retries)) {
      try {
        return await db.inTx((tx) => handleAll(tx, consumer, [message]));
      } catch (error) {
        if (isAway(error)) throw error;
        if (last) await db.inTx((tx) => parkHopeless(tx, consumer, message, error));
      }
    }
  };

  const mayForget = seldom(forgetEveryMs);
  return async (consumer: BoundConsumer, batch: readonly BusMessage[]): Promise<void> => {
    const heard = batch.filter((message) => message.topic === consumer.topic && consumer.hears(typeOf(message)));
    const wanted = heard.filter((message) => strangeness(message) === null);
    for (const message of heard) {
      const strange = strangeness(message);
      if (strange !== null) onParked(consumer.name, message, new Error(`passed over: ${strange}`));
    }
    if (wanted.length === 0) return;
    try {
      await db.inTx((tx) => handleAll(tx, consumer, wanted));
    } catch (error) {
      if (isAway(error)) throw error;
      for (const message of wanted) await handleAlone(consumer, message);
    }
    if (mayForget(consumer.name)) await db.inTx((tx) => forget(tx, consumer.name));
  };
};
