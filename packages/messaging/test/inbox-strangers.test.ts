import { newId } from "@headway/kernel/ids";
import { type Database, openDatabase } from "@headway/postgres/database";
import { execute } from "@headway/postgres/transaction";
import { afterEach, beforeEach, expect, test } from "vitest";
import { handleOnce } from "../src/inbox.ts";
import { effectCount, effectsOf, givenDatabase, listener, message } from "./given-events.ts";

let db: Database;
let url: string;
let drop: () => Promise<void>;
beforeEach(async () => {
  ({ db, url, drop } = await givenDatabase());
});
afterEach(() => drop());

const parkedCount = async () => (await db.rows("select 1 from parked_event")).length;

test.each(["statement_timeout", "lock_timeout"])("an event is not parked for a %s", async (timeout) => {
  const other = openDatabase({ url, name: "other", most: 1 });
  const handle = handleOnce({ db, onParked: () => {}, retries: [1] });
  const impatient = listener(async (tx) => void (await execute(tx, `set local ${timeout} = 100`)));
  const batch = [message("a", "1"), message("b", "2")];
  await other.inTx(async (tx) => {
    await execute(tx, "lock table effect in access exclusive mode");
    await expect(handle(impatient, batch)).rejects.toThrow();
  });
  expect(await parkedCount()).toBe(0);
  await handle(impatient, batch);
  expect(await effectCount(db)).toBe(2);
  await other.close();
});

const strange = {
  "a NUL in its key": { key: "a\0b" },
  "a NUL in its type": { headers: { ce_id: newId(), ce_type: "DepotOpened\0" } },
  "a NUL in another header": { headers: { ce_id: newId(), ce_type: "DepotClosed", traceparent: "\0" } },
  "a NUL in the name of a header": { headers: { ce_id: newId(), ce_type: "DepotClosed", "\0": "" } },
  "half a character in a header": { headers: { ce_id: newId(), ce_type: "DepotClosed", traceparent: "\ud800" } },
  // Nothing that PostgreSQL could make small enough for an index.
  "a key that no index takes": {
    key: Array.from({ length: 600 }, newId).join(""),
    headers: { ce_id: newId(), ce_type: "DepotClosed" },
  },
};

test.each(Object.entries(strange))("a message with %s is passed over, and stops nobody else's", async (_, part) => {
  const told: string[] = [];
  const handle = handleOnce({ db, retries: [], onParked: (_consumer, _message, error) => told.push(String(error)) });
  await handle(listener(), [{ ...message("a", "1"), ...part }, message("a", "2")]);
  expect(await effectsOf(db, "a")).toEqual(["2"]);
  expect([told, await parkedCount()]).toEqual([[expect.stringContaining("passed over: ")], 0]);
});

test("an event is parked also where its failure says what no text of the database can hold", async () => {
  const sick = listener(async (_tx, code) => {
    throw new Error(`no depot "${code}"`);
  });
  await handleOnce({ db, retries: [], onParked: () => {} })(sick, [message("a", "x\0y")]);
  expect(await db.rows("select reason from parked_event")).toEqual([{ reason: 'Error: no depot "x\ufffdy"' }]);
});
