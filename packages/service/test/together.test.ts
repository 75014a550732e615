import { newId } from "@headway/kernel/ids";
import type { Bus, BusMessage } from "@headway/messaging/bus";
import { inProcessBus } from "@headway/messaging/in-process-bus";
import { openDatabase } from "@headway/postgres/database";
import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import { expect, onTestFinished, test } from "vitest";
import type { Hosted } from "../src/host-service.ts";
import { startTogether, stopTogether } from "../src/together.ts";
import { givenTinyDatabase, hostTiny, newName } from "./tiny/given-tiny.ts";
import { tinyTopic } from "./tiny/tiny.ts";

/** Two services of one process: one tells, the other hears it. `around` stands between them and the bus. */
const given = async (around: (bus: Bus, listener: string) => Bus) => {
  const [teller, listener] = [newName(), newName()];
  const bus = around(inProcessBus(), listener);
  const [told, heard] = [await givenTinyDatabase(), await givenTinyDatabase()];
  const hosted = [
    await hostTiny({ name: teller, bus, databaseUrl: told.url }),
    await hostTiny({ name: listener, hears: teller, bus, databaseUrl: heard.url }),
  ] as const;
  const looking = [told, heard].map(({ url }) => openDatabase({ url, name: "test", most: 1 })) as [Looking, Looking];
  onTestFinished(async () => {
    await Promise.all(looking.map((db) => db.close()));
    await Promise.all([told.drop(), heard.drop()]);
  });
  const [ofTeller, ofListener] = looking;
  return {
    services: hosted,
    bus,
    tell: () => record(hosted[0], teller),
    unpublished: () => ofTeller.rows("select 1 from event_log where published_at is null"),
    effects: () => ofListener.rows("select 1 from effect"),
  };
};

/** Long enough for the relay to publish, if it did. */
const slowly = async (): Promise<void> => {
  const db = openDatabase({ url: `${givenServers().postgresUrl}/postgres`, name: "test", most: 1 });
  for (let turns = 0; turns < 50; turns++) await db.rows("select 1");
  await db.close();
};

type Looking = ReturnType<typeof openDatabase>;

const record = ({ ground: { db, eventLog } }: Hosted, teller: string): Promise<void> =>
  db.inTx((tx) =>
    eventLog(tinyTopic(teller)).record(tx, [
      { type: "DepotOpened", aggregate: newId(), version: 1, payload: { code: "N" } },
    ]),
  );

const stopped = async (services: readonly Hosted[], bus: Bus): Promise<void> => {
  for (const { stop } of stopTogether(services, bus)) await stop();
};

test("what an earlier process left behind is heard by all that start together, also by who is slow to listen", async () => {
  const published: BusMessage[] = [];
  const { services, bus, tell, effects } = await given((inner, listener) => ({
    ...inner,
    async subscribe(subscription) {
      if (subscription.group === listener) await slowly();
      expect(published).toEqual([]);
      await inner.subscribe(subscription);
    },
    publish(batch) {
      published.push(...batch);
      return inner.publish(batch);
    },
  }));
  await tell();
  await startTogether(services);
  await eventually(async () => expect(await effects()).toHaveLength(1));
  await stopped(services, bus);
});

test("a stop finishes the batch in hand, and publishes nothing on a bus that is closed", async () => {
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const late: BusMessage[] = [];
  let closed = false;
  const { services, bus, tell, effects, unpublished } = await given((inner, listener) => ({
    ...inner,
    subscribe: (subscription) =>
      inner.subscribe({
        ...subscription,
        async onBatch(batch) {
          begun.resolve();
          if (subscription.group === listener) await release.promise;
          await subscription.onBatch(batch);
        },
      }),
    publish(batch) {
      if (closed) late.push(...batch);
      return inner.publish(batch);
    },
    // Leaving takes a while, as with a broker.
    async close() {
      closed = true;
      await inner.close();
      await slowly();
    },
  }));
  await startTogether(services);
  await tell();
  await begun.promise;
  // It waits for the batch in hand, and its turn would come in the middle of the stop.
  await tell();
  const stopping = stopped(services, bus);
  release.resolve();
  await stopping;
  expect(late).toEqual([]);
  expect(await effects()).toHaveLength(1);
  expect(await unpublished()).toHaveLength(1);
});
