import { setTimeout as pause } from "node:timers/promises";
import { schedulingTopic } from "@headway/contracts/topics";
import type { Bus, BusMessage } from "@headway/messaging/bus";
import { relay } from "@headway/messaging/relay";
import type { Database } from "@headway/postgres/database";

export type Drained = {
  readonly perSecond: number;
  /** What the relay handed to the bus, call by call. */
  readonly batches: readonly (readonly BusMessage[])[];
};

/** Lets the relay publish all that the log holds; ends when the last is marked. Throws where one was published twice or not at all. */
export const drain = async (db: Database, bus: Bus, count: number): Promise<Drained> => {
  const batches: (readonly BusMessage[])[] = [];
  let published = 0;
  const allThere = Promise.withResolvers<void>();
  const publisher = relay({
    db,
    topic: schedulingTopic,
    onFailure: allThere.reject,
    bus: {
      ...bus,
      async publish(batch) {
        await bus.publish(batch);
        if (batches.length < 40) batches.push(batch);
        published += batch.length;
        if (published >= count) allThere.resolve();
      },
    },
  });
  const began = performance.now();
  publisher.start();
  await allThere.promise;
  while (await hasUnmarked(db)) await pause(5);
  const seconds = (performance.now() - began) / 1000;
  await publisher.stop();
  if (published !== count) throw new Error(`${count} events were recorded, ${published} were published.`);
  return { perSecond: count / seconds, batches };
};

const hasUnmarked = async (db: Database): Promise<boolean> =>
  (await db.rows("select 1 from event_log where published_at is null limit 1")).length > 0;
