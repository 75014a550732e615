import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { hrTopic } from "@headway/contracts/topics";
import { type Database, openDatabase } from "@headway/postgres/database";
import { execute } from "@headway/postgres/transaction";
import { eventually } from "@headway/testkit/eventually";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Bus, BusMessage } from "../src/bus.ts";
import { inProcessBus } from "../src/in-process-bus.ts";
import { handleOnce } from "../src/inbox.ts";
import { readLog } from "../src/read-log.ts";
import { type Relay, relay } from "../src/relay.ts";
import { effectCount, fact, givenDatabase, listener, recording } from "./given-events.ts";

let db: Database;
let url: string;
let drop: () => Promise<void>;
const running: Relay[] = [];
beforeEach(async () => ({ db, url, drop } = await givenDatabase()));
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await drop();
});

const started = (
  bus: Bus,
  { everyMs = 50, from = db, most = 1000, onFailure = (_error: unknown) => {} } = {},
): Relay => {
  const worker = relay({ db: from, bus, topic: hrTopic, everyMs, most, onFailure });
  running.push(worker);
  worker.start();
  return worker;
};

const hearingBus = async (onBatch: (batch: readonly BusMessage[]) => Promise<void>): Promise<Bus> => {
  const bus = inProcessBus();
  await bus.subscribe({ group: "g", topics: [hrTopic.name], from: "earliest", onBatch });
  return bus;
};

/** So rarely that a test sees nothing of polling: 23 days, close to the longest that a timer can wait. */
const never = 2_000_000_000;

const unpublished = () => db.rows("select 1 from event_log where published_at is null");

test("what was rolled back is never published, what was committed is, in the order of its aggregate, with its trace", async () => {
  const heard: BusMessage[] = [];
  const bus = await hearingBus(async (batch) => void heard.push(...batch));
  const [first] = [started(bus), started(bus), started(bus)];
  const log = recording(() => first?.wake());
  await Promise.all(
    Array.from({ length: 24 }, async (_, writer) => {
      for (let count = 0; count < 20; count++) {
        const work = db.inTx(async (tx) => {
          // The aggregate's row is locked before its event is recorded.
          await execute(tx, "select pg_advisory_xact_lock($1)", [writer % 6]);
          await log.record(tx, [fact(`aggregate-${writer % 6}`, String(count))]);
          if (count % 5 === 0) throw new Error("changed my mind");
        });
        await work.catch(() => {});
      }
    }),
  );
  await eventually(() => expect(heard).toHaveLength(24 * 16));
  const logged = await db.rows<{ id: string; aggregate_id: string }>(
    "select id, aggregate_id from event_log order by position",
  );
  const idsOf = (key: string) => heard.filter((each) => each.key === key).map(({ headers }) => headers.ce_id);
  for (let number = 0; number < 6; number++)
    expect(idsOf(`aggregate-${number}`)).toEqual(
      logged.filter(({ aggregate_id }) => aggregate_id === `aggregate-${number}`).map(({ id }) => id),
    );
  for (const { headers } of heard)
    expect(headers).toMatchObject({
      ce_specversion: "1.0",
      ce_type: "DepotOpened",
      ce_source: "/headway/hr",
      traceparent: expect.stringMatching(/^00-/) as string,
    });
});

test("a bus that fails loses nothing: the events go out when it is back", async () => {
  let broken = true;
  const sent: string[] = [];
  const bus = {
    ...inProcessBus(),
    publish: async (batch: readonly BusMessage[]) => {
      if (broken) throw new Error("no broker");
      sent.push(...batch.map(({ headers }) => headers.ce_id ?? ""));
    },
  };
  const failures: unknown[] = [];
  const worker = started(bus, { everyMs: 20, onFailure: (error) => failures.push(error) });
  await db.inTx((tx) => recording(worker.wake).record(tx, [fact("a", "1"), fact("a", "2")]));
  await eventually(() => expect(failures.length).toBeGreaterThan(0));
  broken = false;
  await eventually(() => expect(sent).toHaveLength(2));
  await worker.stop();
  expect(await unpublished()).toEqual([]);
});

test("a subscriber that is slower than an idle transaction may be is waited for, once", async () => {
  const impatient = openDatabase({ url, name: "impatient", most: 4, idleInTransactionMs: 200 });
  let batches = 0;
  const bus = await hearingBus(async () => {
    batches++;
    await pause(600);
  });
  const worker = started(bus, { from: impatient, everyMs: 20 });
  await db.inTx((tx) => recording(worker.wake).record(tx, [fact("a", "1")]));
  await eventually(async () => expect(await unpublished()).toEqual([]));
  await worker.stop();
  expect(batches).toBe(1);
  await impatient.close();
});

test("who wants the log for itself gets it while a relay is at work, and nothing is lost by that", async () => {
  const giving = openDatabase({ url, name: "giving", most: 2, lockWaitMs: 200 });
  const begun = Promise.withResolvers<void>();
  const heard = new Set<string>();
  const bus = await hearingBus(async (batch) => {
    begun.resolve();
    await pause(100);
    for (const { headers } of batch) heard.add(headers.ce_id ?? "");
  });
  await db.inTx((tx) => recording().record(tx, [fact("a", "1"), fact("a", "2", 2), fact("b", "1")]));
  const worker = started(bus, { from: giving, most: 1 });
  await begun.promise;
  await db.inTx((tx) => execute(tx, "lock table event_log in access exclusive mode"));
  await eventually(async () => expect(await unpublished()).toEqual([]));
  expect(heard.size).toBe(3);
  await worker.stop();
  await giving.close();
});

test("a relay takes one connection, so that a small pool serves it and the consumers behind it", async () => {
  const small = openDatabase({ url, name: "small", most: 2 });
  const handle = handleOnce({ db: small, onParked: () => {} });
  const taken: number[] = [];
  const bus = await hearingBus((batch) => {
    taken.push(small.pool().total - small.pool().idle);
    return handle(listener(), batch);
  });
  const worker = started(bus, { from: small });
  await db.inTx((tx) =>
    recording(worker.wake).record(
      tx,
      Array.from({ length: 64 }, (_, index) => fact(`aggregate-${index}`, "1")),
    ),
  );
  await eventually(async () => expect(await effectCount(db)).toBe(64));
  expect(new Set(taken)).toEqual(new Set([1]));
  await worker.stop();
  await small.close();
});

test("what is published belongs to nobody: who woke the relay lends it neither identity nor deadline", async () => {
  const caller = new AsyncLocalStorage<string>();
  const heardAs: unknown[] = [];
  const bus = await hearingBus(async () => void heardAs.push(caller.getStore()));
  const worker = started(bus, { everyMs: never });
  await caller.run("a driver", () => db.inTx((tx) => recording(worker.wake).record(tx, [fact("a", "1")])));
  await eventually(() => expect(heardAs).toEqual([undefined]));
});

test("no wake is lost: each event goes out at once, without the help of polling", async () => {
  const heard: BusMessage[] = [];
  const bus = await hearingBus(async (batch) => void heard.push(...batch));
  const worker = started(bus, { everyMs: never });
  const log = recording(worker.wake);
  for (let count = 1; count <= 150; count++) {
    await db.inTx((tx) => log.record(tx, [fact(`aggregate-${count % 3}`, String(count))]));
    // Now just behind the relay's last look, now in the middle of its work.
    if (count % 3 === 0) await pause(count % 7);
  }
  await eventually(() => expect(heard).toHaveLength(150));
});

test("what is recorded while another process publishes goes out behind its batch, without the help of polling", async () => {
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const heard: BusMessage[] = [];
  const bus = await hearingBus(async (batch) => {
    heard.push(...batch);
    begun.resolve();
    await release.promise;
  });
  const [idle, turnedAway] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ofFirst: Database = {
    ...db,
    rows: (sql, values) => db.rows<never>(sql, values).finally(() => setImmediate(idle.resolve)),
  };
  const first = started(bus, { everyMs: never, from: ofFirst });
  await idle.promise;
  await db.inTx((tx) => recording(first.wake).record(tx, [fact("a", "1")]));
  await begun.promise;
  await db.inTx((tx) => recording().record(tx, [fact("a", "2")]));
  const ofSecond: Database = { ...db, inTx: (work) => db.inTx(work).finally(turnedAway.resolve) };
  started(bus, { everyMs: never, from: ofSecond });
  await turnedAway.promise;
  release.resolve();
  await eventually(() => expect(heard).toHaveLength(2));
});

test("what was published by a relay that could not mark it is published again", async () => {
  const sent: string[] = [];
  const bus = {
    ...inProcessBus(),
    publish: async (batch: readonly BusMessage[]) => {
      sent.push(...batch.map(({ headers }) => headers.ce_id ?? ""));
      if (sent.length === 2) throw new Error("the answer is lost");
    },
  };
  const worker = started(bus, { everyMs: never });
  await db.inTx((tx) => recording(worker.wake).record(tx, [fact("a", "1"), fact("a", "2")]));
  await eventually(async () => expect(await unpublished()).toEqual([]));
  expect(sent).toEqual([sent[0], sent[1], sent[0], sent[1]]);
});

/** A bus on which each batch waits until it is let go; `sent` are the codes so far, each batch's when it begins. */
const gatedBus = () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const gate = (place: number) => (gates[place] ??= Promise.withResolvers<void>());
  const sent: string[] = [];
  let begun = 0;
  const publish = async (batch: readonly BusMessage[]): Promise<void> => {
    const turn = begun++;
    sent.push(...batch.map(({ key, headers }) => `${key} ${headers.ce_aggregateversion}`));
    await gate(turn).promise;
  };
  return {
    bus: { ...inProcessBus(), publish },
    sent,
    letGo: (places: number) => Array.from({ length: places }, (_, place) => gate(place).resolve()),
  };
};

test("what is committed late under an early position goes out before what its aggregate tells next", async () => {
  const { bus, sent, letGo } = gatedBus();
  const log = recording();
  const begun = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const late = db.inTx(async (tx) => {
    await log.record(tx, [fact("late", "1", 1)]);
    begun.resolve();
    await commit.promise;
  });
  await begun.promise;
  await db.inTx((tx) => log.record(tx, [fact("busy", "1", 1), fact("busy", "2", 2), fact("busy", "3", 3)]));
  const worker = started(bus, { everyMs: never, most: 1 });
  // The first is in the air, and by then the next one has been read.
  await eventually(() => expect(sent).toEqual(["busy 1"]));
  commit.resolve();
  await late;
  await db.inTx((tx) => log.record(tx, [fact("late", "2", 2)]));
  letGo(5);
  await eventually(() => expect(sent).toHaveLength(5));
  await worker.stop();
  expect(sent.filter((each) => each.startsWith("late"))).toEqual(["late 1", "late 2"]);
  expect(sent.filter((each) => each.startsWith("busy"))).toEqual(["busy 1", "busy 2", "busy 3"]);
  expect(await unpublished()).toEqual([]);
});

test("while a batch waits for its subscribers, those before it are marked and the log can be read and written", async () => {
  const { bus, sent, letGo } = gatedBus();
  await db.inTx((tx) => recording().record(tx, [fact("a", "1", 1), fact("a", "2", 2), fact("a", "3", 3)]));
  started(bus, { everyMs: never, most: 1 });
  letGo(2);
  await eventually(() => expect(sent).toHaveLength(3));
  await eventually(async () => expect(await unpublished()).toHaveLength(1));
  expect(await readLog(db, 0, 10)).toHaveLength(3);
  await db.inTx((tx) => recording().record(tx, [fact("b", "1", 1)]));
  letGo(4);
});

test("a batch that the bus does not take keeps those behind it back, and those before it are not sent again", async () => {
  const sent: string[] = [];
  let failures = 2;
  const bus = {
    ...inProcessBus(),
    publish: async (batch: readonly BusMessage[]) => {
      const [version = ""] = batch.map(({ headers }) => headers.ce_aggregateversion);
      sent.push(version);
      if (version === "2" && failures-- > 0) throw new Error("no broker");
    },
  };
  await db.inTx((tx) => recording().record(tx, [fact("a", "1", 1), fact("a", "2", 2), fact("a", "3", 3)]));
  started(bus, { everyMs: never, most: 1 });
  await eventually(async () => expect(await unpublished()).toEqual([]));
  expect(sent).toEqual(["1", "2", "2", "2", "3"]);
});

test("the log is append-only", async () => {
  await db.inTx((tx) => recording().record(tx, [fact("a", "1")]));
  await expect(db.rows("update event_log set type = 'x'")).rejects.toThrow(/append-only/);
  await expect(db.rows("delete from event_log")).rejects.toThrow(/append-only/);
});
