import { eventually } from "@headway/testkit/eventually";
import { expect, test } from "vitest";
import { gated, given, spanOf, upTo } from "./given-fetched.ts";

test("what is handled is committed, once, and not what is only fetched", async () => {
  const gate = gated();
  const { fetched, take, told, committed } = given({ handle: gate.handle });
  await take(0, 3);
  expect([told.resolved, await committed()]).toEqual([["2"], []]);
  gate.open();
  await fetched.isIdle();
  expect(await committed()).toEqual(upTo(3));
  expect(await committed()).toEqual([]);
  await take(3, 2);
  await take(9, 1, { partition: 4 });
  await fetched.isIdle();
  expect(await committed()).toEqual([...upTo(5), ...upTo(10, 4)]);
});

test("an offset that could not be committed is committed the next time", async () => {
  const { fetched, take, told, committed } = given();
  await take(0, 3);
  await fetched.isIdle();
  told.fails = true;
  await expect(fetched.commit()).rejects.toThrow("away");
  told.fails = false;
  expect(await committed()).toEqual(upTo(3));
});

test("while much of a partition waits it is not fetched, and others are", async () => {
  const gate = gated();
  const { fetched, take, told, handled } = given({
    handle: async (topic, chunk) => {
      if (chunk.length > 1) await gate.handle(topic, chunk);
      handled.push(spanOf(chunk));
    },
  });
  await take(0, 1300);
  expect(told).toMatchObject({ resolved: ["1299"], paused: 1, resumed: 0 });
  await take(7, 1, { partition: 1 });
  await eventually(() => expect(handled).toEqual(["7-7"]));
  gate.open();
  await fetched.isIdle();
  expect(told).toMatchObject({ paused: 1, resumed: 1 });
  expect(handled.at(-1)).toBe("1200-1299");
});

test("what was asked for before a join leaves no gap behind what comes again after it", async () => {
  const gate = gated();
  const { fetched, take, told, committed } = given({ handle: gate.handle });
  await take(0, 300);
  fetched.assign({ t: [0] });
  await take(100, 150);
  // Another broker's answer, on its way while the group joined.
  await take(300, 10);
  await take(250, 70);
  expect(told.resolved).toEqual(["299", "249", "319"]);
  gate.open();
  await fetched.isIdle();
  expect(gate.begun).toEqual(["0-199", "100-299", "300-319"]);
  expect(await committed()).toEqual(upTo(320));
});

test("a gap is believed where Kafka begins there again: others have handled what is in between", async () => {
  const { fetched, take, told, handled, committed } = given();
  await take(0, 3);
  await fetched.isIdle();
  fetched.assign({ t: [0] });
  await take(500, 2);
  await take(500, 2);
  await fetched.isIdle();
  expect(told.resolved).toEqual(["2", "501"]);
  expect(handled).toEqual(["0-2", "500-501"]);
  expect(await committed()).toEqual(upTo(502));
});

test("what was handled before a join is committed only where others have not come further", async () => {
  const gate = gated();
  const { fetched, take, committed } = given({
    handle: async (topic, chunk) => (chunk[0]?.offset === "0" ? undefined : gate.handle(topic, chunk)),
  });
  await take(0, 3);
  await fetched.isIdle();
  fetched.assign({ t: [0] });
  expect(await committed()).toEqual([]);
  // Kafka begins behind what waits here: somebody else has handled that.
  for (let times = 0; times < 2; times++) await take(3, 5);
  fetched.assign({ t: [0] });
  for (let times = 0; times < 2; times++) await take(8, 1);
  expect(await committed()).toEqual([]);
  gate.open();
  await fetched.isIdle();
  expect(await committed()).toEqual(upTo(9));
});

test("what was asked for before a join is not where Kafka begins, also where it leaves no gap", async () => {
  const { fetched, take, told, handled, committed } = given();
  await take(0, 3);
  await fetched.isIdle();
  // This member slept; another one had the partition meanwhile, and has handled all below 500.
  fetched.assign({ t: [0] });
  await take(3, 2);
  await fetched.isIdle();
  expect([told.resolved, await committed()]).toEqual([["2"], []]);
  for (let times = 0; times < 2; times++) await take(500, 2);
  await fetched.isIdle();
  expect([handled, await committed()]).toEqual([["0-2", "500-501"], upTo(502)]);
});

test("where Kafka goes on after a join with what comes next, it is taken the second time", async () => {
  const { fetched, take, told, handled, committed } = given();
  await take(0, 3);
  await fetched.isIdle();
  fetched.assign({ t: [0] });
  for (let times = 0; times < 2; times++) await take(3, 2);
  await take(5, 1);
  await fetched.isIdle();
  expect(told.resolved).toEqual(["2", "4", "5"]);
  expect([handled, await committed()]).toEqual([["0-2", "3-4", "5-5"], upTo(6)]);
});

test("of a partition that another member has now, nothing is begun, taken in or committed any more", async () => {
  const gate = gated();
  const { fetched, take, told, committed } = given({ handle: gate.handle });
  await take(0, 300);
  fetched.assign({ t: [1, 2] });
  await take(300, 1);
  let idle = false;
  const ended = fetched.isIdle().then(() => {
    idle = true;
  });
  await Promise.resolve();
  expect(idle).toBe(false);
  gate.open();
  await ended;
  expect([gate.begun, told.resolved, await committed()]).toEqual([["0-199"], ["299"], []]);
  // It comes back: what the other one has committed is behind it.
  fetched.assign({ t: [0] });
  await take(280, 5);
  await fetched.isIdle();
  expect([gate.begun, await committed()]).toEqual([["0-199", "280-284"], upTo(285)]);
});

test("a partition that was not fetched since much was waiting is fetched again when it comes back", async () => {
  const gate = gated();
  const { fetched, take, told } = given({ handle: gate.handle });
  await take(0, 1300);
  expect(told).toMatchObject({ paused: 1, resumed: 0 });
  fetched.assign({ t: [1] });
  gate.open();
  await fetched.isIdle();
  expect(told).toMatchObject({ paused: 1, resumed: 1 });
});

test.each([2, 600])("a topic that was made anew and has %i events begins at its beginning", async (count) => {
  const gate = gated();
  const { fetched, take, committed } = given({ handle: gate.handle });
  await take(500, 3);
  fetched.assign({ t: [0] });
  await take(0, count);
  gate.open();
  await fetched.isIdle();
  expect(gate.begun.slice(0, 2)).toEqual(["500-502", `0-${Math.min(count, 200) - 1}`]);
  expect(await committed()).toEqual(upTo(count));
});

test("a partition is neither paused nor fetched again while all are held, or the member leaves", async () => {
  const gate = gated();
  const leaving = new AbortController();
  let held = false;
  const { fetched, take, told } = given({ handle: gate.handle, isHeld: () => held, leaving: leaving.signal });
  await take(0, 1100);
  await take(0, 300, { partition: 1 });
  held = true;
  await take(300, 1000, { partition: 1 });
  held = false;
  leaving.abort();
  gate.open();
  await fetched.isIdle();
  expect(told).toMatchObject({ paused: 1, resumed: 0 });
});
