import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "@headway/testkit/eventually";
import { expect, test } from "vitest";
import { gated, given, spanOf, upTo } from "./given-fetched.ts";

test("held, it begins nothing, not even what waits for its turn; going on, it does", async () => {
  const gate = gated();
  let held = false;
  const { fetched, take } = given({ handle: gate.handle, isHeld: () => held });
  for (let partition = 0; partition < 6; partition++) await take(0, 1, { partition });
  held = true;
  gate.open();
  await eventually(() => expect(gate.begun).toHaveLength(3));
  await fetched.isIdle();
  expect(gate.begun).toHaveLength(3);
  held = false;
  fetched.goOn();
  await fetched.isIdle();
  expect(gate.begun).toHaveLength(6);
});

test("what fails is tried again before anything behind it, and given up when the member leaves", async () => {
  const leaving = new AbortController();
  const tried: string[] = [];
  const { fetched, take, committed } = given({
    leaving: leaving.signal,
    handle: async (_, [first]) => {
      tried.push(first?.offset ?? "");
      throw new Error("the database is away");
    },
  });
  await take(0, 1);
  await take(1, 1);
  await eventually(() => expect(tried.length).toBeGreaterThan(2));
  leaving.abort();
  await fetched.isIdle();
  expect(new Set(tried)).toEqual(new Set(["0"]));
  expect(await committed()).toEqual([]);
});

test("what fails keeps its turn from nobody: others are handled between its tries, and it before what is behind it", async () => {
  const handled: string[] = [];
  let away = true;
  const { fetched, take, committed } = given({
    handle: async (_, chunk) => {
      if (away && chunk[0]?.offset !== "7") throw new Error("hopeless for now");
      handled.push(spanOf(chunk));
    },
  });
  for (const partition of [0, 1, 2]) await take(0, 2, { partition });
  await take(2, 1);
  await take(7, 1, { partition: 3 });
  await eventually(() => expect(handled).toEqual(["7-7"]));
  expect(await committed()).toEqual(upTo(8, 3));
  away = false;
  await fetched.isIdle();
  expect(handled.toSorted()).toEqual(["0-1", "0-1", "0-1", "2-2", "7-7"]);
  expect(handled.indexOf("0-1")).toBeLessThan(handled.indexOf("2-2"));
  expect(await committed()).toEqual([...upTo(3), ...upTo(2, 1), ...upTo(2, 2)]);
});

test("what failed and waits for its next turn while the member leaves is not committed", async () => {
  const leaving = new AbortController();
  const gate = gated();
  const tried: string[] = [];
  const { fetched, take, committed } = given({
    leaving: leaving.signal,
    handle: async (topic, chunk) => {
      tried.push(spanOf(chunk));
      if (chunk[0]?.offset === "0") throw new Error("hopeless for now");
      await gate.handle(topic, chunk);
    },
  });
  await take(0, 1);
  for (const partition of [1, 2, 3]) await take(7, 1, { partition });
  await eventually(() => expect(gate.begun).toHaveLength(3));
  const before = tried.length;
  // Longer than its pause: all turns are taken.
  await pause(400);
  expect(tried).toHaveLength(before);
  leaving.abort();
  gate.open();
  await fetched.isIdle();
  expect(tried).toHaveLength(before);
  expect((await committed()).map(({ partition }) => partition)).toEqual([1, 2, 3]);
});
