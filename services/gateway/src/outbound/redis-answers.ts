import { unavailable } from "@headway/kernel/domain-error";
import type { Redis } from "ioredis";
import type { Kept, KeptAnswer } from "../model/idempotency.ts";

// Only the call that took the key may say what came of it: another may have taken it since, after its time was over.
const ifOwn = (action: string): string => `if redis.call('GET', KEYS[1]) == ARGV[1] then ${action} end`;
const keepScript = ifOwn("redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])");
const releaseScript = ifOwn("redis.call('DEL', KEYS[1])");

/** Answers by Idempotency-Key, kept for all gateways together. */
export const redisAnswers = (redis: Redis, prefix = "headway:answer:") => ({
  /** Looks, and takes the key for `owner` where nobody has. Refused with `idempotency-key.unavailable` while Redis does not answer. */
  async claim(key: string, owner: string, seconds: number): Promise<Kept | null> {
    const before = await redis.set(prefix + key, underWay(owner), "EX", seconds, "NX", "GET").catch(asUnavailable);
    return before === null ? null : (JSON.parse(before) as Kept);
  },
  async keep(key: string, owner: string, fingerprint: string, answer: KeptAnswer, seconds: number): Promise<void> {
    await redis.eval(
      keepScript,
      1,
      prefix + key,
      underWay(owner),
      JSON.stringify({ state: "done", fingerprint, answer } satisfies Kept),
      seconds,
    );
  },
  async release(key: string, owner: string): Promise<void> {
    await redis.eval(releaseScript, 1, prefix + key, underWay(owner));
  },
});

const asUnavailable = (cause: unknown): never => {
  throw unavailable("idempotency-key.unavailable", "What was done cannot be remembered just now. Try again soon.", {
    retryAfter: 2,
    cause,
  });
};

const underWay = (owner: string): string => JSON.stringify({ state: "under-way", owner } satisfies Kept);
