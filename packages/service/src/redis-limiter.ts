import { unavailable } from "@headway/kernel/domain-error";
import type { Redis } from "ioredis";
import { type Limit, type Limiter, paceOf, type Verdict, verdictOf } from "./gcra.ts";

// gcra.ts in one round trip: a key lives for as long as something is owed, so that its time to live is the state, on the
// clock of Redis. It is counted in whole milliseconds; what rounding up has added stands in the value, and is looked at where
// calls cost parts of one. With another clock (of tests) the value is the moment at which the bucket is whole again.
// Answers the microseconds owed behind the call; behind a refused one as -1 - them.
const script = `
local interval, now = tonumber(ARGV[1]), tonumber(ARGV[3])
local left
if now then left = (tonumber(redis.call('GET', KEYS[1])) or now) - now
else
  left = redis.call('PTTL', KEYS[1])
  if left > 0 and interval % 1 > 0 then left = left - tonumber(redis.call('GET', KEYS[1])) end
end
if left < 0 then left = 0 end
local wanted = left + interval
if wanted > tonumber(ARGV[2]) then return -1 - math.floor(left * 1000 + 0.5) end
local whole = math.ceil(wanted)
redis.call('PSETEX', KEYS[1], whole, now and now + wanted or whole - wanted)
return math.floor(wanted * 1000 + 0.5)`;

/**
 * Counts calls for all gateways together. `now` is null for the clock of Redis, which is the same for all of them.
 * Refused with `limiter.unavailable` while Redis does not answer.
 */
export const redisLimiter = (redis: Redis, now: (() => number) | null = null, prefix = "headway:limit:"): Limiter => {
  redis.defineCommand("headwayLimit", { numberOfKeys: 1, lua: script });
  const owed = limitCommand(redis);
  return {
    async hit(key: string, limit: Limit): Promise<Verdict> {
      const { interval, most } = paceOf(limit);
      const answer = await owed(prefix + key, interval, most, now ? now() : "").catch(asUnavailable);
      return answer < 0 ? verdictOf(limit, false, (-1 - answer) / 1000) : verdictOf(limit, true, answer / 1000);
    },
    async forget(key) {
      await redis.del(prefix + key).catch(asUnavailable);
    },
  };
};

const asUnavailable = (cause: unknown): never => {
  throw unavailable("limiter.unavailable", "Calls cannot be counted just now. Try again soon.", {
    retryAfter: 2,
    cause,
  });
};

type LimitCommand = (key: string, interval: number, most: number, now: number | "") => Promise<number>;

const limitCommand = (redis: Redis): LimitCommand => {
  const { headwayLimit } = redis as Redis & { headwayLimit: LimitCommand };
  return headwayLimit.bind(redis);
};
