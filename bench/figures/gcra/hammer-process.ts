import { redisLimiter } from "@headway/service/redis-limiter";
import { Redis } from "ioredis";
import { answering } from "../forked.ts";
import { type Hammering, limit } from "./admitted.ts";

const inFlight = 16;
let redis: Redis | null = null;

answering(async ({ redisUrl, key, calls }: Hammering): Promise<number> => {
  redis ??= new Redis(redisUrl);
  const limiter = redisLimiter(redis);
  let [tried, allowed] = [0, 0];
  const lane = async (): Promise<void> => {
    while (tried++ < calls) if ((await limiter.hit(key, limit)).allowed) allowed++;
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return allowed;
});
