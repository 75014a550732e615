import { faultProxy } from "@headway/testkit/fault-proxy";
import { givenServers } from "@headway/testkit/given-servers";
import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, describe, expect, test, vi } from "vitest";
import { judge, type Limiter } from "../src/gcra.ts";
import { memoryLimiter } from "../src/memory-limiter.ts";
import { redisLimiter } from "../src/redis-limiter.ts";

const redis = new Redis(givenServers().redisUrl);
afterAll(() => redis.quit());

const newKey = () => `test:${crypto.randomUUID()}`;
const atOnce = (counted: Limiter, key: string, count: number, calls: number) =>
  Promise.all(Array.from({ length: count }, () => counted.hit(key, { calls, seconds: 600 })));

let now = Date.parse("2026-11-21T08:00:00Z");
const clock = () => now;

describe.each([
  ["in memory", memoryLimiter(clock)],
  ["in Redis", redisLimiter(redis, clock)],
  ["in Redis by its own clock", redisLimiter(redis)],
])("calls counted %s", (_where, counted) => {
  test.each([1, 7, 13, 49])("of 50 at once exactly %i are allowed", async (calls) => {
    const verdicts = await atOnce(counted, newKey(), 50, calls);
    expect(verdicts.filter(({ allowed }) => allowed).map(({ remaining }) => remaining)).toEqual(
      Array.from({ length: calls }, (_, index) => calls - 1 - index),
    );
    for (const refused of verdicts.filter(({ allowed }) => !allowed)) {
      expect(refused.remaining).toBe(0);
      expect(refused.retryAfterSeconds).toBeGreaterThan(0);
      expect(refused.retryAfterSeconds).toBeLessThanOrEqual(Math.ceil(600 / calls));
      // On its own clock time goes by meanwhile.
      expect(refused.resetSeconds).toBeGreaterThan(590);
      expect(refused.resetSeconds).toBeLessThanOrEqual(600);
    }
  });

  test("one key is not counted for another, and a forgotten one begins anew", async () => {
    const key = newKey();
    await atOnce(counted, key, 3, 3);
    expect((await counted.hit(newKey(), { calls: 3, seconds: 600 })).allowed).toBe(true);
    expect((await counted.hit(key, { calls: 3, seconds: 600 })).allowed).toBe(false);
    await counted.forget(key);
    expect(await counted.hit(key, { calls: 3, seconds: 600 })).toMatchObject({ allowed: true, remaining: 2 });
  });
});

describe.each([
  ["in memory", memoryLimiter(clock)],
  ["in Redis", redisLimiter(redis, clock)],
])("time goes by %s", (_where, counted) => {
  test("calls come back one by one, not all at the end of a window", async () => {
    const key = newKey();
    const hit = async () => (await counted.hit(key, { calls: 10, seconds: 60 })).allowed;
    for (let call = 0; call < 10; call++) expect(await hit()).toBe(true);
    for (let back = 0; back < 3; back++) {
      now += 5_000;
      expect(await hit()).toBe(false);
      now += 1_000;
      expect(await hit()).toBe(true);
      expect(await hit()).toBe(false);
    }
  });
});

test("the clock of Redis counts where none is given, and brings calls back", async () => {
  const counted = redisLimiter(redis);
  const key = newKey();
  const limit = { calls: 1, seconds: 1 };
  expect(await counted.hit(key, limit)).toMatchObject({ allowed: true, resetSeconds: 1 });
  await vi.waitFor(async () => expect((await counted.hit(key, limit)).allowed).toBe(true), { timeout: 60_000 });
});

test("on the clock of Redis, calls that cost parts of a millisecond add up to the limit", async () => {
  const counted = redisLimiter(redis);
  const key = newKey();
  const limit = { calls: 7000, seconds: 60 };
  const began = performance.now();
  const verdicts = await Promise.all(Array.from({ length: 8000 }, () => counted.hit(key, limit)));
  const back = Math.ceil(((performance.now() - began) * limit.calls) / (limit.seconds * 1000));
  const allowed = verdicts.filter((each) => each.allowed).length;
  expect(allowed).toBeGreaterThanOrEqual(limit.calls);
  expect(allowed).toBeLessThanOrEqual(limit.calls + back);
});

test("at any moment, whatever the limit, exactly the calls are allowed that the limit names", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
      (calls, seconds, now) => {
        let full: number | null = null;
        let allowed = 0;
        for (let hit = 0; hit < calls + 2; hit++) {
          const judged = judge({ calls, seconds }, full, now);
          full = judged.full;
          if (judged.verdict.allowed) allowed++;
        }
        expect(allowed).toBe(calls);
      },
    ),
  );
});

test("in memory, many strangers do not fill it up: who called longest ago is forgotten", async () => {
  const counted = memoryLimiter(clock, 1000);
  for (let stranger = 0; stranger < 50_000; stranger++) await counted.hit(String(stranger), { calls: 1, seconds: 60 });
  expect((await counted.hit("49999", { calls: 1, seconds: 60 })).allowed).toBe(false);
  expect((await counted.hit("0", { calls: 1, seconds: 60 })).allowed).toBe(true);
});

test("without Redis nobody can be counted: that is unavailable, not an internal error", async () => {
  const { port } = await faultProxy(new URL(givenServers().redisUrl).host).then((proxy) => {
    proxy.cut();
    return proxy;
  });
  const away = new Redis({ port, maxRetriesPerRequest: 1, retryStrategy: () => 20 });
  away.on("error", () => {});
  await expect(redisLimiter(away).hit(newKey(), { calls: 1, seconds: 1 })).rejects.toMatchObject({
    kind: "unavailable",
    slug: "limiter.unavailable",
  });
  away.disconnect();
});
