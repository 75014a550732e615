import { forked } from "../forked.ts";

/** The next call comes back after 7 s: later than any run lasts. */
export const limit = { calls: 500, seconds: 3600 };

export type Hammering = { readonly redisUrl: string; readonly key: string; readonly calls: number };

/** How many calls four processes get through together, each of which tries as many as the limit names. */
export const admitted = async (redisUrl: string): Promise<number> => {
  const processes = Array.from({ length: 4 }, () =>
    forked<Hammering, number>(new URL("hammer-process.ts", import.meta.url)),
  );
  const all = (key: string, calls: number): Promise<number[]> =>
    Promise.all(processes.map(({ ask }) => ask({ redisUrl, key, calls })));
  try {
    // Once alone, so that all stand when it counts.
    for (const place of processes.keys()) await all(`warm:${place}:${crypto.randomUUID()}`, 1);
    return (await all(crypto.randomUUID(), limit.calls)).reduce((sum, count) => sum + count, 0);
  } finally {
    await Promise.all(processes.map(({ end }) => end()));
  }
};
