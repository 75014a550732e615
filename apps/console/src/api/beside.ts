import { send } from "./client.ts";
import { Refusal, readRetryAfter } from "./refusal.ts";

/** What the gateway serves beside its API, as JSON; null where it says (204) that there is none. Throws `Refusal` or `Unreachable`. */
export const readBeside = async <T>(path: string, signal: AbortSignal): Promise<T | null> => {
  const response = await send(new Request(path, { signal, headers: { accept: "application/json" } }));
  if (response.status === 204) return null;
  if (!response.ok) throw new Refusal(response.status, null, readRetryAfter(response.headers));
  return (await response.json()) as T;
};
