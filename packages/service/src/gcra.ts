/** At most `calls` in any window of `seconds`, evenly refilled. */
export type Limit = { readonly calls: number; readonly seconds: number };

export type Verdict = {
  readonly allowed: boolean;
  /** Calls left right now. */
  readonly remaining: number;
  /** Seconds until all calls are there again. */
  readonly resetSeconds: number;
  /** Seconds until the next call may go through; 0 where this one did. */
  readonly retryAfterSeconds: number;
};

/** Counts calls by key. Two adapters under one contract test. */
export type Limiter = {
  readonly hit: (key: string, limit: Limit) => Promise<Verdict>;
  /** The key begins anew: for one who proved to be no guesser. */
  readonly forget: (key: string) => Promise<void>;
};

/**
 * The generic cell rate algorithm (ITU-T I.371): `full` is the theoretical arrival time, the moment in milliseconds
 * at which the bucket would be whole again; null for a caller that was never seen.
 */
export const judge = (
  { calls, seconds }: Limit,
  full: number | null,
  now: number,
): { readonly full: number; readonly verdict: Verdict } => {
  const window = seconds * 1000;
  const interval = window / calls;
  const wanted = Math.max(full ?? now, now) + interval;
  // A tenth of an interval for what rounding adds up to: else the last call of many may be refused.
  const limit = now + window + interval / 10;
  const allowed = wanted <= limit;
  const after = allowed ? wanted : wanted - interval;
  return {
    full: after,
    verdict: {
      allowed,
      remaining: Math.max(0, Math.floor((limit - after) / interval)),
      resetSeconds: wholeSeconds(after - now),
      retryAfterSeconds: allowed ? 0 : Math.max(1, wholeSeconds(wanted - window - now)),
    },
  };
};

const wholeSeconds = (milliseconds: number): number => Math.ceil(Math.round(milliseconds) / 1000);
