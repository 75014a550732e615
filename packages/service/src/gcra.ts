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
  limit: Limit,
  full: number | null,
  now: number,
): { readonly full: number; readonly verdict: Verdict } => {
  const { interval, most } = paceOf(limit);
  const left = Math.max(0, (full ?? now) - now);
  const allowed = left + interval <= most;
  const after = allowed ? left + interval : left;
  return { full: now + after, verdict: verdictOf(limit, allowed, after) };
};

/** Milliseconds that one call costs, and the most that may be owed behind a call that is allowed. */
export const paceOf = ({ calls, seconds }: Limit): { readonly interval: number; readonly most: number } => {
  const interval = (seconds * 1000) / calls;
  // A tenth of an interval for what rounding adds up to: else the last call of many may be refused.
  return { interval, most: seconds * 1000 + interval / 10 };
};

/** What a caller is told where the bucket is whole again in `left` milliseconds, behind this call. */
export const verdictOf = (limit: Limit, allowed: boolean, left: number): Verdict => {
  const { interval, most } = paceOf(limit);
  return {
    allowed,
    remaining: Math.max(0, Math.floor((most - left) / interval)),
    resetSeconds: wholeSeconds(left),
    retryAfterSeconds: allowed ? 0 : Math.max(1, wholeSeconds(left + interval - limit.seconds * 1000)),
  };
};

const wholeSeconds = (milliseconds: number): number => Math.ceil(Math.round(milliseconds) / 1000);
