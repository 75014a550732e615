import { judge, type Limit, type Limiter, type Verdict } from "./gcra.ts";

/** Counts calls within this process; of more than `mostKept` callers those that called longest ago are forgotten. */
export const memoryLimiter = (now: () => number = Date.now, mostKept = 100_000): Limiter => {
  // In order of the last call.
  const full = new Map<string, number>();
  return {
    async hit(key: string, limit: Limit): Promise<Verdict> {
      const judged = judge(limit, full.get(key) ?? null, now());
      full.delete(key);
      full.set(key, judged.full);
      const [oldest] = full.keys();
      if (full.size > mostKept && oldest !== undefined) full.delete(oldest);
      return judged.verdict;
    },
    async forget(key) {
      full.delete(key);
    },
  };
};
