import { actorOf, type Caller } from "@headway/service/caller";
import type { Limit, Limiter } from "@headway/service/gcra";
import { EdgeRefusal } from "./refusal.ts";

/** How often who may call. Strangers are counted by address: before login, and whoever shows a wrong credential. */
export type Limits = { readonly person: Limit; readonly machine: Limit; readonly stranger: Limit };

/** Counts a call and answers the headers that tell what is left. Refused with `calls.too-many` (429). */
export const countCall = async (
  limiter: Pick<Limiter, "hit">,
  limits: Limits,
  caller: Caller,
  address: string,
): Promise<Readonly<Record<string, string>>> => {
  const { key, limit } = bucketOf(limits, caller, address);
  const { allowed, remaining, resetSeconds, retryAfterSeconds } = await limiter.hit(key, limit);
  const headers = {
    "ratelimit-policy": `"calls";q=${limit.calls};w=${limit.seconds}`,
    ratelimit: `"calls";r=${remaining};t=${resetSeconds}`,
  };
  if (!allowed)
    throw new EdgeRefusal(
      429,
      "calls.too-many",
      `At most ${limit.calls} calls in ${limit.seconds} s. Try again in ${retryAfterSeconds} s.`,
      {
        headers: { ...headers, "retry-after": String(retryAfterSeconds) },
      },
    );
  return headers;
};

const bucketOf = (limits: Limits, caller: Caller, address: string): { readonly key: string; readonly limit: Limit } => {
  switch (caller.kind) {
    case "person":
      return { key: actorOf(caller), limit: limits.person };
    case "machine":
      return { key: actorOf(caller), limit: limits.machine };
    default:
      return { key: `address:${address}`, limit: limits.stranger };
  }
};
