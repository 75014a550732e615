import { faultProxy } from "@headway/testkit/fault-proxy";
import { givenServers } from "@headway/testkit/given-servers";
import { Redis } from "ioredis";
import { afterAll, describe, expect, test, vi } from "vitest";
import { type Answers, answerOnce } from "../src/inbound/answer-once.ts";
import type { KeptAnswer } from "../src/model/idempotency.ts";
import { memoryAnswers } from "../src/outbound/memory-answers.ts";
import { redisAnswers } from "../src/outbound/redis-answers.ts";

const redis = new Redis(givenServers().redisUrl);
afterAll(() => redis.quit());

const answer: KeptAnswer = { status: 201, headers: { etag: '"1"' }, body: '{"id":1}', secret: false };
const newKey = () => crypto.randomUUID();

describe.each<[string, Answers]>([
  ["memory", memoryAnswers()],
  ["Redis", redisAnswers(redis, `test:${crypto.randomUUID()}:`)],
])("answers kept in %s", (_where, answers) => {
  /** A call with that key, whose work comes to this; null where its body did not come to its end. */
  const call = (key: string, work: () => Promise<KeptAnswer>, body: string | null = "same") =>
    answerOnce(answers, { key, workSeconds: 60, fingerprint: async () => body, work });
  const answered = (key: string, told: KeptAnswer = answer, body?: string | null) => call(key, async () => told, body);

  test("200 calls at once with one key: one works, the others hear that it does, and later the same", async () => {
    const key = newKey();
    const others = Promise.withResolvers<KeptAnswer>();
    let worked = 0;
    let refused = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, () =>
        call(key, () => {
          worked++;
          return others.promise;
        }).catch((error: unknown) => {
          if (++refused === 199) others.resolve(answer);
          throw error;
        }),
      ),
    );
    expect(worked).toBe(1);
    for (const outcome of outcomes.filter(({ status }) => status === "rejected"))
      expect(outcome).toMatchObject({ reason: { status: 409, slug: "idempotency-key.under-way" } });
    expect(await call(key, () => Promise.reject(new Error("never")))).toEqual({ answer, again: true });
  });

  test("another request with the same key is refused", async () => {
    const key = newKey();
    await answered(key);
    await expect(answered(key, answer, "other")).rejects.toMatchObject({ status: 422 });
  });

  test("what failed may be tried again; what was refused is refused again", async () => {
    const key = newKey();
    await answered(key, { ...answer, status: 503 });
    await expect(call(key, () => Promise.reject(new Error("crash")))).rejects.toThrow("crash");
    const refusing = { ...answer, status: 409 };
    expect(await answered(key, refusing)).toMatchObject({ again: false });
    expect(await answered(key)).toEqual({ answer: refusing, again: true });
  });

  test("a body that did not come to its end leaves no answer behind", async () => {
    const key = newKey();
    await answered(key, answer, null);
    expect(await answered(key)).toMatchObject({ again: false });
  });

  test("a secret is not said twice", async () => {
    const key = newKey();
    await answered(key, { ...answer, secret: true });
    await expect(answered(key)).rejects.toMatchObject({ status: 409, slug: "idempotency-key.answer-was-secret" });
  });

  test("a call whose time is over does not speak for the one that took its key", async () => {
    const key = newKey();
    expect(await answers.claim(key, "slow", 1)).toBeNull();
    await vi.waitFor(async () => expect(await answers.claim(key, "quick", 600)).toBeNull(), { timeout: 60_000 });
    await answers.keep(key, "slow", "print", answer, 600);
    await answers.release(key, "slow");
    expect(await answers.claim(key, "third", 600)).toEqual({ state: "under-way", owner: "quick" });
  });
});

describe("while Redis is away", () => {
  const settings = { maxRetriesPerRequest: 1, commandTimeout: 1000 } as const;

  test("a call with a key is refused before anything is done", async (context) => {
    const proxy = await faultProxy(givenServers().redisUrl);
    context.onTestFinished(proxy.close);
    const away = new Redis(proxy.port, "127.0.0.1", settings);
    away.on("error", () => {});
    context.onTestFinished(() => away.disconnect());
    proxy.cut();
    const work = vi.fn(async () => answer);
    const call = answerOnce(redisAnswers(away), {
      key: newKey(),
      workSeconds: 60,
      fingerprint: async () => "same",
      work,
    });
    await expect(call).rejects.toMatchObject({ kind: "unavailable", slug: "idempotency-key.unavailable" });
    expect(work).not.toHaveBeenCalled();
  });

  test("what was done meanwhile is told all the same", async (context) => {
    const { hostname, port, password } = new URL(givenServers().redisUrl);
    const proxy = await faultProxy({ host: hostname, port: Number(port) });
    context.onTestFinished(proxy.close);
    const away = new Redis(proxy.port, "127.0.0.1", { ...settings, ...(password ? { password } : {}) });
    away.on("error", () => {});
    context.onTestFinished(() => away.disconnect());
    const told = await answerOnce(redisAnswers(away, `test:${crypto.randomUUID()}:`), {
      key: newKey(),
      workSeconds: 60,
      fingerprint: async () => "same",
      work: async () => {
        proxy.cut();
        return answer;
      },
    });
    expect(told).toEqual({ answer, again: false });
  });
});
