import { schedulingTopic } from "@headway/contracts/topics";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import { relay } from "@headway/messaging/relay";
import { openDatabase } from "@headway/postgres/database";
import { answering } from "../forked.ts";
import { dutyAssigned, dutyLog, indexOf } from "./duty-events.ts";
import { type Pace, paced, sharedClock } from "./pace.ts";

export type Committing = {
  readonly url: string;
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly pace: Pace;
  /** Events in one transaction. */
  readonly together: number;
};

export type Committed = {
  /** When each event's transaction had committed, on the shared clock. */
  readonly committed: readonly number[];
  /** When the bus had it. */
  readonly published: readonly number[];
};

// As a service does: its own commits wake its relay.
answering(async ({ url, brokers, topic, pace, together }: Committing): Promise<Committed> => {
  const db = openDatabase({ url, name: "service", most: 12 });
  const bus = await kafkaBus({ brokers, clientId: "service", onDead: () => process.exit(1) });
  const [committed, published]: [number[], number[]] = [[], []];
  const all = pace.perSecond * pace.seconds;
  const done = Promise.withResolvers<void>();
  let count = 0;
  const publisher = relay({
    db,
    topic: { ...schedulingTopic, name: topic },
    onFailure: done.reject,
    bus: {
      ...bus,
      async publish(batch) {
        await bus.publish(batch);
        for (const message of batch) published[indexOf(message)] = sharedClock();
        count += batch.length;
        if (count >= all) done.resolve();
      },
    },
  });
  publisher.start();
  const log = dutyLog(publisher.wake);
  await paced({ ...pace, perSecond: pace.perSecond / together }, async (turn) => {
    const indexes = Array.from({ length: together }, (_, place) => turn * together + place);
    await db.inTx((tx) => log.record(tx, indexes.map(dutyAssigned)));
    for (const index of indexes) committed[index] = sharedClock();
  });
  await done.promise;
  await publisher.stop();
  await Promise.all([bus.close(), db.close()]);
  return { committed, published };
});
