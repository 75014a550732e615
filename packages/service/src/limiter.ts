import type { Redis } from "ioredis";
import type { Limiter } from "./gcra.ts";
import { memoryLimiter } from "./memory-limiter.ts";
import { redisLimiter } from "./redis-limiter.ts";

/** For all processes together where there is Redis, else for this one. */
export const limiter = (redis: Redis | null): Limiter => (redis ? redisLimiter(redis) : memoryLimiter());
