import { redisLimiter } from "@headway/service/redis-limiter";
import { startRedis } from "@headway/testkit/native-redis";
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import type { Figure, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { admitted, limit } from "./gcra/admitted.ts";
import { inTurns } from "./in-turns.ts";

const keys = 1000;
/** So many that nobody is refused: both write at each call. */
const plenty = { calls: 6000, seconds: 60 };

/** Calls counted in Redis, by our script and by rate-limiter-flexible; and how exactly several processes keep one limit together. */
export const gcra: Figure = ({ repeats, say }) =>
  inFolder(async (folder) => {
    const server = await startRedis({ folder });
    const redis = new Redis(server.url);
    try {
      const loops = [];
      for (const inFlight of [1, 16]) loops.push(await counted(redis, inFlight, repeats));
      const differences: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const count = await admitted(server.url);
        say(`${count} admitted of ${limit.calls}`);
        differences.push(Math.abs(count - limit.calls));
      }
      return [...loops, together(differences)];
    } finally {
      redis.disconnect();
      await server.stop();
    }
  });

const counted = async (redis: Redis, inFlight: number, repeats: number): Promise<Measurement> => {
  const limiter = redisLimiter(redis);
  const other = new RateLimiterRedis({ storeClient: redis, points: plenty.calls, duration: plenty.seconds });
  const hit = (place: number) => limiter.hit(`caller:${place % keys}`, plenty);
  const consume = (place: number) => other.consume(`caller:${place % keys}`);
  const { ours, peers } = await inTurns({ clients: inFlight, repeats, ours: hit, peer: consume });
  return {
    name: `${inFlight} in flight`,
    unit: "calls/s",
    goal: { of: "ratio", is: "at least", value: 1 },
    ours,
    peer: { name: "rate-limiter-flexible", values: peers },
    note: `One process and one connection for both, ${keys} keys. The peer counts in fixed windows; ours refills evenly.`,
  };
};

const together = (differences: readonly number[]): Measurement => ({
  name: "4 processes",
  unit: "calls off the limit",
  goal: { of: "ours", is: "at most", value: 1 },
  ours: [Math.max(...differences)],
  peer: null,
  note: `The worst of all repeats. Four processes call for one key at once, far more often than its ${limit.calls} calls: how far those that are admitted are from them.`,
});
