import { conflict } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { beside, type Database, isInTransaction, openDatabase } from "../src/database.ts";
import { onViolation } from "../src/failure.ts";
import { parsePage, toPage } from "../src/keyset.ts";
import { afterCommit, execute, rows } from "../src/transaction.ts";

let db: Database;
let drop: () => Promise<void>;
let url: string;
beforeAll(async () => {
  const clone = await templateDatabases(givenServers().postgresUrl)
    .template("postgres", async () => {})
    .clone();
  ({ drop, url } = clone);
  db = openDatabase({ url, name: "test", most: 10 });
  await db.rows(
    "create table account (id integer primary key, name text constraint name_taken unique, amount integer not null default 0)",
  );
  await db.rows("insert into account (id, name) values (1, 'one'), (2, 'two')");
});
afterAll(async () => {
  await db.close();
  await drop();
});

const never = (): never => {
  throw new Error("no transaction was kept");
};

const amounts = async () =>
  (await db.rows<{ amount: number }>("select amount from account where id <= 2 order by id")).map(
    ({ amount }) => amount,
  );

test("what throws leaves nothing behind, and tells nobody", async () => {
  let told = false;
  const work = db.inTx(async (tx) => {
    await execute(tx, "update account set amount = 99");
    afterCommit(tx, () => {
      told = true;
    });
    throw new Error("changed my mind");
  });
  await expect(work).rejects.toThrow("changed my mind");
  expect(await amounts()).toEqual([0, 0]);
  expect(told).toBe(false);
});

test("statements that are asked at once are carried out in their order, and the first failure is told", async () => {
  const twice = db.inTx((tx) =>
    Promise.all([
      execute(tx, "update account set amount = 7 where id = $1", [1]),
      rows(tx, "select amount from account where id = $1", [1]),
      execute(tx, "update account set amount = 0 where id = $1", [1]),
      rows(tx, "select amount from account where id = $1", [1]),
    ]),
  );
  expect(await twice).toEqual([1, [{ amount: 7 }], 1, [{ amount: 0 }]]);
  const failing = db.inTx((tx) =>
    Promise.all([
      execute(tx, "update account set amount = $1 where id = 1", [5]),
      execute(tx, "insert into account (id, name) values ($1, 'one')", [3]).catch(
        onViolation({ name_taken: () => conflict("name.taken", "Somebody has that name.") }),
      ),
      execute(tx, "update account set amount = $1 where id = 2", [5]),
    ]),
  );
  await expect(failing).rejects.toMatchObject({ slug: "name.taken" });
  expect(await amounts()).toEqual([0, 0]);
});

test("what is asked at once behind a lock sees what the lock has waited for", async () => {
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const first = db.inTx(async (tx) => {
    await rows(tx, "select id from account where id = $1 for update", [1]);
    locked.resolve();
    await held.promise;
    await execute(tx, "insert into account (id, name) values ($1, 'nine')", [9]);
  });
  await locked.promise;
  const second = db.inTx((tx) =>
    Promise.all([
      rows(tx, "select id from account where id = $1 for update", [1]),
      rows(tx, "select name from account where id = $1", [9]),
    ]),
  );
  await eventually(async () =>
    expect(
      await db.rows("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
    ).toHaveLength(1),
  );
  held.resolve();
  await first;
  expect((await second)[1]).toEqual([{ name: "nine" }]);
  await db.rows("delete from account where id = 9");
});

test("a statement with values is parsed once on a connection, and planned for its values; one without may be several", async () => {
  const single = openDatabase({ url, name: "test", most: 1 });
  onTestFinished(single.close);
  const asked = "select name from account where id = $1";
  for (let times = 0; times < 7; times++) await single.rows(asked, [1]);
  expect(await single.rows(asked, [2])).toEqual([{ name: "two" }]);
  expect(
    await single.rows("select generic_plans, custom_plans from pg_prepared_statements where statement = $1", [asked]),
  ).toEqual([{ generic_plans: 0, custom_plans: 8 }]);
  await single.inTx((tx) => execute(tx, "create temporary table one (); create temporary table two ()"));
  await single.inTx((tx) => execute(tx, "drop table one; drop table two"));
});

test("a transaction is dead after its commit", async () => {
  let kept: Tx | null = null;
  await db.inTx(async (tx) => {
    kept = tx;
  });
  await expect((async () => rows(kept ?? never(), "select 1"))()).rejects.toThrow(/has ended/);
});

test("no second connection is taken inside a transaction: with a full pool each would wait for the other", async () => {
  const reads = db.inTx(() => db.rows("select 1"));
  const nested = db.inTx(() => db.inTx(async () => 1));
  await Promise.all([reads, nested].map((outcome) => expect(outcome).rejects.toThrow(/hand on its Tx/)));
  expect(isInTransaction()).toBe(false);
  expect(await db.inTx(async () => isInTransaction())).toBe(true);
  expect(await db.inTx(() => beside(() => db.rows("select 1 as one")))).toEqual([{ one: 1 }]);
  // Behind the commit, and in another call, is not inside.
  const behind = Promise.withResolvers<unknown>();
  await Promise.all([
    db.inTx(async (tx) => afterCommit(tx, () => behind.resolve(db.rows("select 1 as one")))),
    db.rows("select 1"),
  ]);
  expect(await behind.promise).toEqual([{ one: 1 }]);
});

test("two that lock each other both come through: the one who is sacrificed runs again", async () => {
  const both = Promise.withResolvers<void>();
  let locked = 0;
  const add = (first: number, second: number) =>
    db.inTx(async (tx) => {
      await execute(tx, "update account set amount = amount + 1 where id = $1", [first]);
      if (++locked === 2) both.resolve();
      await both.promise;
      await execute(tx, "update account set amount = amount + 1 where id = $1", [second]);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(await amounts()).toEqual([2, 2]);
});

test("a broken constraint becomes the refusal that was named for it", async () => {
  const add = db.inTx((tx) =>
    execute(tx, "insert into account (id, name) values (3, 'one')").catch(
      onViolation({ name_taken: () => conflict("name.taken", "taken") }),
    ),
  );
  await expect(add).rejects.toMatchObject({ kind: "conflict", slug: "name.taken" });
});

test("work that passes over a failed statement is not taken for done", async () => {
  const work = db.inTx(async (tx) => {
    await execute(tx, "update account set amount = 99");
    await execute(tx, "insert into account (id, name) values (3, 'one')").catch(() => {});
  });
  await expect(work).rejects.toThrow(/rolled back/);
  expect(await amounts()).not.toContain(99);
});

test("what waits for a commit finds the connection free, and cannot undo the commit", async () => {
  const single = openDatabase({ url, name: "single", most: 1 });
  const read: Promise<unknown>[] = [];
  await single.inTx(async (tx) => {
    await execute(tx, "insert into account (id, name) values (4, 'four')");
    afterCommit(tx, () => void read.push(single.rows("select 1 from account where id = 4")));
  });
  expect(await Promise.all(read)).toHaveLength(1);
  const told = single.inTx(async (tx) => {
    await execute(tx, "insert into account (id, name) values (5, 'five')");
    afterCommit(tx, () => {
      throw new Error("nobody listens");
    });
  });
  await expect(told).rejects.toThrow("nobody listens");
  expect(await single.rows("select 1 from account where id = 5")).toHaveLength(1);
  await single.close();
});

test("a connection that is cut within a transaction, or idle in it for too long, is unavailable, and the next one works", async () => {
  const other = openDatabase({ url, name: "other", most: 1 });
  onTestFinished(() => other.close());
  const cut = db.inTx(async (tx) => {
    const [own] = await rows<{ pid: number }>(tx, "select pg_backend_pid() as pid");
    await other.rows("select pg_terminate_backend($1)", [own?.pid]);
    await rows(tx, "select 1");
  });
  await expect(cut).rejects.toMatchObject({ kind: "unavailable" });
  const hasty = openDatabase({ url, name: "hasty", most: 1, idleInTransactionMs: 50 });
  const idle = hasty.inTx(async (tx) => {
    const connections = () => db.rows("select 1 from pg_stat_activity where application_name = 'headway-hasty'");
    await eventually(async () => expect(await connections()).toEqual([]));
    await rows(tx, "select 1");
  });
  await expect(idle).rejects.toMatchObject({ kind: "unavailable" });
  expect(await hasty.rows("select 1 as one")).toEqual([{ one: 1 }]);
  await hasty.close();
});

test("what others hold for too long is tried five times, and then busy: no internal error", async () => {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holder = db.inTx(async (tx) => {
    await execute(tx, "select 1 from account where id = 1 for update");
    held.resolve();
    await release.promise;
  });
  await held.promise;
  let tries = 0;
  const work = db.inTx(async (tx) => {
    tries++;
    await execute(tx, "set local lock_timeout = '10ms'");
    await execute(tx, "select 1 from account where id = 1 for update");
  });
  await expect(work).rejects.toMatchObject({ kind: "unavailable", slug: "database.busy" });
  expect(tries).toBe(5);
  release.resolve();
  await holder;
});

test("a server that is not there is unavailable, not an internal error", async () => {
  const nowhere = openDatabase({ url: "postgres://127.0.0.1:1/none", name: "test", most: 1 });
  await expect(nowhere.rows("select 1")).rejects.toMatchObject({ kind: "unavailable" });
  await expect(nowhere.inTx(async () => 1)).rejects.toMatchObject({ kind: "unavailable" });
  await nowhere.close();
});

test("pages follow each other without a gap, and a forged cursor is refused", () => {
  const all = ["a", "b", "c", "d", "e"];
  const first = toPage(all.slice(0, 3), 2, (item) => [item]);
  expect(first.items).toEqual(["a", "b"]);
  expect(parsePage({ size: 2, cursor: first.next }, ["text"])).toEqual({ size: 2, after: ["b"] });
  expect(toPage(["e"], 2, (item) => [item]).next).toBe("");
  for (const cursor of [
    "nonsense",
    Buffer.from("[1]").toString("base64url"),
    Buffer.from('["a","b"]').toString("base64url"),
  ])
    expect(() => parsePage({ size: 2, cursor }, ["uuid"])).toThrow(
      expect.objectContaining({ slug: "page.cursor" }) as Error,
    );
});

test.each([
  ["date", "2026-02-31"],
  ["instant", "2026-13-45T99:99:99Z"],
  ["instant", "2026-11-21T08:00:00+01:00[Europe/Paris]"],
  ["text", "a\0b"],
] as const)("a forged %s (%j) does not reach the database", (form, value) => {
  const cursor = Buffer.from(JSON.stringify([value])).toString("base64url");
  expect(() => parsePage({ size: 2, cursor }, [form])).toThrow(
    expect.objectContaining({ slug: "page.cursor" }) as Error,
  );
});
