import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { oneAtATime } from "../src/one-at-a-time.ts";

test("a thousand calls while it runs make one more run, which begins after all of them", async () => {
  let now = 0;
  let runs = 0;
  const seen: number[] = [];
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const run = oneAtATime(async () => {
    runs++;
    seen.push(now);
    begun.resolve();
    await end.promise;
  });
  const first = run();
  await begun.promise;
  const others = Array.from({ length: 1000 }, () => run());
  now = 1;
  end.resolve();
  await Promise.all([first, ...others]);
  expect(runs).toBe(2);
  expect(seen).toEqual([0, 1]);
});

test("it is never beside itself, and a call just behind a run's end gets a run of its own", async () => {
  let inside = 0;
  let most = 0;
  let runs = 0;
  const run = oneAtATime(async () => {
    runs++;
    most = Math.max(most, ++inside);
    await Promise.resolve();
    inside--;
  });
  for (let count = 1; count <= 100; count++) {
    await run();
    expect(runs).toBe(count);
  }
  expect(most).toBe(1);
});

test("who asked for a failing run hears of it, and the next one runs all the same", async () => {
  let fails = true;
  const run = oneAtATime(async () => {
    if (fails) throw new Error("no");
    return "yes";
  });
  await expect(run()).rejects.toThrow("no");
  fails = false;
  expect(await run()).toBe("yes");
});

test("a run belongs to nobody who asked for it", async () => {
  const caller = new AsyncLocalStorage<string>();
  const run = oneAtATime(async () => caller.getStore());
  expect(await caller.run("a driver", run)).toBeUndefined();
});
