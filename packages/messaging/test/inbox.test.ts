import { unavailable } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { type Database, openDatabase } from "@headway/postgres/database";
import { execute } from "@headway/postgres/transaction";
import { eventually } from "@headway/testkit/eventually";
import { afterEach, beforeEach, expect, test } from "vitest";
import { firstIdAt } from "../src/event-age.ts";
import { readEventFlow } from "../src/event-flow.ts";
import { handleOnce } from "../src/inbox.ts";
import { replay } from "../src/parking.ts";
import { effectCount, effectsOf, fact, givenDatabase, listener, message, recording } from "./given-events.ts";

let db: Database;
/** Another process on the same database. */
let other: Database;
let drop: () => Promise<void>;
beforeEach(async () => {
  const given = await givenDatabase();
  ({ db, drop } = given);
  other = openDatabase({ url: given.url, name: "other", most: 4 });
});
afterEach(async () => {
  await other.close();
  await drop();
});

const parkedNow = () =>
  db.rows<{ code: string; reason: string }>("select aggregate_id, reason from parked_event order by place");

/** Resolves when so many transactions wait for another one. */
const untilWaiting = (looking: Database, count: number): Promise<void> =>
  eventually(async () =>
    expect(
      await looking.rows(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      ),
    ).toHaveLength(count),
  );

test("each of 1,000 events delivered three times, eight at once, has one effect", async () => {
  const messages = Array.from({ length: 1000 }, (_, index) => message(`aggregate-${index % 50}`, String(index)));
  const handle = handleOnce({ db, onParked: () => {} });
  const deliveries = [...messages, ...messages, ...messages];
  const lanes = Array.from({ length: 8 }, (_, lane) => deliveries.filter((_, index) => index % 8 === lane));
  await Promise.all(
    lanes.map(async (lane) => {
      for (let start = 0; start < lane.length; start += 40) await handle(listener(), lane.slice(start, start + 40));
    }),
  );
  expect(await effectCount(db)).toBe(1000);
  expect(await db.rows("select 1 from effect group by code having count(*) > 1")).toEqual([]);
});

test("what no redelivery can need any more is forgotten, by and by", async () => {
  const now = Date.now();
  const note = (consumer: string, recordedDaysAgo: number, handledDaysAgo: number) =>
    db.rows<{ event_id: string }>(
      `insert into inbox (consumer, event_id, topic, type, handled_at)
       values ($1, $2, 'headway.hr.v1', 'DepotOpened', now() - make_interval(days => $3)) returning event_id`,
      [consumer, newId().replace(/^.{13}/, firstIdAt(now - recordedDaysAgo * 86_400_000).slice(0, 13)), handledDaysAgo],
    );
  const [old] = await note("test.hr", 31, 31);
  const [late] = await note("test.hr", 31, 1);
  const [fresh] = await note("test.hr", 29, 29);
  const [others] = await note("other.hr", 31, 31);
  const came = message("aggregate", "came");
  await handleOnce({ db, onParked: () => {} })(listener(), [came]);
  const left = (await db.rows<{ event_id: string }>("select event_id from inbox")).map(({ event_id }) => event_id);
  expect(left).not.toContain(old?.event_id);
  expect(left.toSorted()).toEqual(
    [late?.event_id, fresh?.event_id, others?.event_id, came.headers.ce_id].map(String).toSorted(),
  );
});

test("forgetting takes a bounded bite, and not at each batch", async () => {
  await db.rows(
    `insert into inbox (consumer, event_id, topic, type, handled_at)
     select 'test.hr', (lpad(to_hex(place), 8, '0') || '-0000-7000-8000-000000000000')::uuid, 'headway.hr.v1', 'DepotOpened', '2020-01-01Z'
     from generate_series(1, 7000) as place`,
  );
  const handle = handleOnce({ db, onParked: () => {} });
  const left = async () => (await db.rows<{ count: number }>("select count(*) from inbox"))[0]?.count;
  await handle(listener(), [message("aggregate", "1")]);
  expect(await left()).toBe(2001);
  await handle(listener(), [message("aggregate", "2")]);
  expect(await left()).toBe(2002);
  // Another process, or this one later.
  await handleOnce({ db: other, onParked: () => {} })(listener(), [message("aggregate", "3")]);
  expect(await left()).toBe(3);
});

test("the flow of events counts on both sides what was recorded since the same midnight", async () => {
  const wide = "00000000-0000-7000-8000-000000000001";
  await db.inTx((tx) => recording().record(tx, [fact("a", "1"), fact("b", "2")]));
  const [recorded] = await db.rows<{ id: string }>("select id from event_log order by position limit 1");
  await db.rows(
    `insert into event_log (id, slice, type, aggregate_id, aggregate_version, occurred_at, actor, payload)
     values ($1, 0, 'DepotOpened', 'old', 1, now(), 'test', '')`,
    [wide],
  );
  const heard = [recorded?.id ?? "", wide].map((ce_id) => message("a", "1", { ce_id }));
  await handleOnce({ db, onParked: () => {} })(listener(), heard);
  expect(await readEventFlow(db)).toMatchObject({
    recorded: [{ type: "DepotOpened", count: 2 }],
    consumed: [{ consumer: "test.hr", type: "DepotOpened", count: 1 }],
  });
});

test("one hopeless event in 1,000: only its aggregate waits, and replay restores the order", async () => {
  let cured = false;
  const parked: string[] = [];
  const sick = listener(async (_tx, code) => {
    if (code === "500" && !cured) throw new Error("hopeless");
  });
  const messages = Array.from({ length: 1000 }, (_, index) => message(`aggregate-${index % 10}`, String(index)));
  const handle = handleOnce({
    db,
    retries: [1, 1],
    onParked: (_consumer, { headers }) => parked.push(headers.ce_id ?? ""),
  });
  for (let start = 0; start < messages.length; start += 100) await handle(sick, messages.slice(start, start + 100));

  const ofAggregate = (number: number) => Array.from({ length: 100 }, (_, index) => String(index * 10 + number));
  expect(parked).toHaveLength(1);
  for (let number = 1; number < 10; number++)
    expect(await effectsOf(db, `aggregate-${number}`)).toEqual(ofAggregate(number));
  expect(await effectsOf(db, "aggregate-0")).toEqual(ofAggregate(0).slice(0, 50));
  expect(await db.rows("select reason from parked_event where reason <> ''")).toEqual([{ reason: "Error: hopeless" }]);

  expect(await replay(db, sick, null)).toEqual({ handled: 0, stillParked: 50 });
  cured = true;
  expect(await replay(db, sick, null)).toEqual({ handled: 50, stillParked: 0 });
  expect(await effectsOf(db, "aggregate-0")).toEqual(ofAggregate(0));
});

test("an event that arrives while its aggregate is replayed is neither lost nor left behind", async () => {
  let cured = false;
  const sick = listener(async () => {
    if (!cured) throw new Error("hopeless");
  });
  const handle = handleOnce({ db, retries: [], onParked: () => {} });
  await handle(sick, [message("a", "1"), message("a", "2")]);
  cured = true;
  await Promise.all([replay(db, sick, "a"), handle(sick, [message("a", "3")]), handle(sick, [message("b", "4")])]);
  await replay(db, sick, "a");
  expect(await effectsOf(db, "a")).toEqual(["1", "2", "3"]);
  expect(await effectsOf(db, "b")).toEqual(["4"]);
});

test("an event that waited behind a parked one says why it does not get through itself", async () => {
  const handle = handleOnce({ db, retries: [], onParked: () => {} });
  const failing = (code: string) =>
    listener(async (_tx, heard) => {
      if (heard === code) throw new Error(`no ${code}`);
    });
  await handle(failing("1"), [message("a", "1"), message("a", "2")]);
  expect((await parkedNow()).map(({ reason }) => reason)).toEqual(["Error: no 1", ""]);
  expect(await replay(db, failing("2"), null)).toEqual({ handled: 1, stillParked: 1 });
  expect((await parkedNow()).map(({ reason }) => reason)).toEqual(["Error: no 2"]);
});

test("a refusal that goes away by itself is tried again before anything is parked", async () => {
  let failures = 2;
  const handle = handleOnce({ db, retries: [1, 1, 1], onParked: () => {} });
  const shaky = listener(async () => {
    if (failures-- > 0) throw new Error("not yet");
  });
  await handle(shaky, [message("a", "1")]);
  expect(await effectsOf(db, "a")).toEqual(["1"]);
});

// A member that has lost its partition does not notice at once, and goes on with the batch that its successor has too.
test("what one member parks while its successor handles it is handled, and holds nothing back", async () => {
  const first = message("a", "1");
  const begun = Promise.withResolvers<void>();
  // Still at work when the other one comes to park the event.
  const slow = listener(() => {
    begun.resolve();
    return untilWaiting(db, 1);
  });
  let successor: Promise<void> | null = null;
  let failures = 0;
  const sick = listener(async () => {
    // The last try: the successor has the event too, and waits behind this transaction.
    if (++failures === 2) {
      successor = handleOnce({ db: other, onParked: () => {} })(slow, [first]);
      await untilWaiting(other, 1);
    }
    throw new Error("hopeless for the old version");
  });
  // Parks in its third transaction, once the successor is at work: the other way round it would be parked.
  let transactions = 0;
  const inTx: Database["inTx"] = async (work) => {
    if (++transactions === 3) await begun.promise;
    return db.inTx(work);
  };
  await handleOnce({ db: { ...db, inTx }, retries: [], onParked: () => {} })(sick, [first]);
  await successor;
  await handleOnce({ db, onParked: () => {} })(listener(), [message("a", "2")]);
  expect(await effectsOf(db, "a")).toEqual(["1", "2"]);
  expect(await parkedNow()).toEqual([]);
});

test("what one member parks at the same moment holds back the next event of its successor", async () => {
  const messages = [message("a", "1"), message("a", "2")] as const;
  await db.rows(
    "create function wait() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return new; end $$",
  );
  await db.rows(
    "create trigger wait before insert on parked_event for each row when (new.reason <> '') execute function wait()",
  );
  const sick = listener(async () => {
    throw new Error("hopeless");
  });
  const handle = handleOnce({ db, retries: [], onParked: () => {} });
  const both = await other.inTx(async (tx) => {
    await execute(tx, "select pg_advisory_xact_lock(1)");
    const zombie = handle(sick, [messages[0]]);
    await untilWaiting(db, 1);
    // It knows from the offsets that the first event was taken care of.
    const successor = handle(listener(), messages);
    await untilWaiting(db, 2);
    return [zombie, successor];
  });
  await Promise.all(both);
  expect(await effectsOf(db, "a")).toEqual([]);
  expect(await replay(db, listener(), null)).toEqual({ handled: 2, stillParked: 0 });
  expect(await effectsOf(db, "a")).toEqual(["1", "2"]);
});

test("an event type of a newer version is not passed over: it waits for the consumer that knows it", async () => {
  const parked: string[] = [];
  const handle = handleOnce({ db, onParked: (_consumer, { headers }) => parked.push(headers.ce_type ?? "") });
  await handle(listener(), [message("a", "1", { ce_type: "DepotClosed" }), message("a", "2"), message("b", "3")]);
  expect(await effectsOf(db, "a")).toEqual([]);
  expect(await effectsOf(db, "b")).toEqual(["3"]);
  expect((await parkedNow()).map(({ reason }) => reason)).toEqual([
    "Error: this version does not know DepotClosed",
    "",
  ]);
  expect(parked).toEqual(["DepotClosed"]);
});

test("a replay that loses the database says so, and leaves what is parked as it is", async () => {
  const handle = handleOnce({ db, retries: [], onParked: () => {} });
  const sick = listener(async () => {
    throw new Error("hopeless");
  });
  await handle(sick, [message("a", "1")]);
  const interrupted = await other.inTx(async (tx) => {
    await execute(tx, "select pg_advisory_xact_lock_shared(hashtext('replay'), hashtext('test.hr'))");
    const replaying = replay(db, listener(), null).catch((error: unknown) => error);
    await untilWaiting(db, 1);
    await execute(
      tx,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return replaying;
  });
  expect(interrupted).toMatchObject({ kind: "unavailable" });
  const away = listener(async () => {
    throw unavailable("database.busy", "Try again soon.");
  });
  await expect(replay(db, away, null)).rejects.toMatchObject({ kind: "unavailable" });
  expect((await parkedNow()).map(({ reason }) => reason)).toEqual(["Error: hopeless"]);
  expect(await replay(db, listener(), null)).toEqual({ handled: 1, stillParked: 0 });
});

test("an id is the same in capitals", async () => {
  const handle = handleOnce({ db, onParked: () => {} });
  const id = newId();
  for (const ce_id of [id.toUpperCase(), id]) await handle(listener(), [message("a", "1", { ce_id })]);
  expect(await effectsOf(db, "a")).toEqual(["1"]);
});

test("a message without an id stops nobody else's", async () => {
  const parked: unknown[] = [];
  const handle = handleOnce({ db, retries: [], onParked: (_consumer, _message, error) => parked.push(error) });
  await handle(listener(), [message("a", "1", { ce_id: "" }), message("a", "2")]);
  expect(await effectsOf(db, "a")).toEqual(["2"]);
  expect(parked).toHaveLength(1);
});
