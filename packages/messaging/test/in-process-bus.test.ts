import { expect, test } from "vitest";
import type { BusMessage, Subscription } from "../src/bus.ts";
import { inProcessBus } from "../src/in-process-bus.ts";

const message: BusMessage = { topic: "t", key: "k", headers: { ce_id: "1" }, value: new Uint8Array() };
const hearing = (group: string, onBatch: Subscription["onBatch"]): Subscription => ({
  group,
  topics: ["t"],
  from: "earliest",
  onBatch,
});

test("a subscriber that fails does not end the publication while a slower one has the batch in hand", async () => {
  const bus = inProcessBus([1, 1]);
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const givenUp = Promise.withResolvers<void>();
  let tries = 0;
  let slowDone = false;
  await bus.subscribe(
    hearing("fails", async () => {
      if (++tries === 3) givenUp.resolve();
      throw new Error("the database is away");
    }),
  );
  await bus.subscribe(
    hearing("slow", async () => {
      begun.resolve();
      await release.promise;
      slowDone = true;
    }),
  );
  const seenAtTheEnd = bus.publish([message]).then(
    () => "published",
    (error: Error) => ({ error: error.message, slowDone }),
  );
  await Promise.all([begun.promise, givenUp.promise]);
  await new Promise((resolve) => setImmediate(resolve));
  release.resolve();
  expect(await seenAtTheEnd).toEqual({ error: "the database is away", slowDone: true });
  await bus.close();
});
