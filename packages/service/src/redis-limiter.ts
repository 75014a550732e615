import { unavailable } from "@headway/kernel/domain-error";
import type { Redis } from "ioredis";
import type { Limit, Limiter, Verdict } from "./gcra.ts";

// gcra.ts in one round trip, on the clock of Redis unless another is given. Milliseconds with three decimals, since Redis
// writes numbers with 14 digits only.
const script = `
local t = redis.call('TIME')
local now = tonumber(ARGV[3]) or t[1] * 1000 + t[2] / 1000
local window = tonumber(ARGV[2]) * 1000
local interval = window / tonumber(ARGV[1])
local full = tonumber(redis.call('GET', KEYS[1])) or now
local wanted = math.max(full, now) + interval
local limit = now + window + interval / 10
local allowed = wanted <= limit
local after = wanted
if not allowed then after = wanted - interval end
if allowed then redis.call('SET', KEYS[1], string.format('%.3f', after), 'PX', math.ceil(after - now)) end
local function seconds(ms) return math.ceil(math.floor(ms + 0.5) / 1000) end
local retry = 0
if not allowed then retry = math.max(1, seconds(wanted - window - now)) end
return { allowed and 1 or 0, math.max(0, math.floor((limit - after) / interval)), seconds(after - now), retry }`;

/**
 * Counts calls for all gateways together. `now` is null for the clock of Redis, which is the same for all of them.
 * Refused with `limiter.unavailable` while Redis does not answer.
 */
export const redisLimiter = (redis: Redis, now: (() => number) | null = null, prefix = "headway:limit:"): Limiter => {
  redis.defineCommand("headwayLimit", { numberOfKeys: 1, lua: script });
  return {
    async hit(key: string, { calls, seconds }: Limit): Promise<Verdict> {
      const [allowed = 0, remaining = 0, resetSeconds = 0, retryAfterSeconds = 0] = await limitCommand(redis)(
        prefix + key,
        calls,
        seconds,
        now ? String(now()) : "",
      ).catch(asUnavailable);
      return { allowed: allowed === 1, remaining, resetSeconds, retryAfterSeconds };
    },
    async forget(key) {
      await redis.del(prefix + key).catch(asUnavailable);
    },
  };
};

const asUnavailable = (cause: unknown): never => {
  throw Object.assign(
    unavailable("limiter.unavailable", "Calls cannot be counted just now. Try again soon.", { retryAfter: 2 }),
    { cause },
  );
};

type LimitCommand = (key: string, calls: number, seconds: number, now: string) => Promise<number[]>;

const limitCommand = (redis: Redis): LimitCommand => {
  const { headwayLimit } = redis as Redis & { headwayLimit: LimitCommand };
  return headwayLimit.bind(redis);
};
