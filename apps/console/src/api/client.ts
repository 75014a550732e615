import type { paths } from "@headway/contracts/gen/openapi/dispatcher";
import createClient, { type Middleware } from "openapi-fetch";
import { type Problem, Refusal, readRetryAfter, Unreachable } from "./refusal.ts";

const longest = 20_000;

/** Proof that this page wrote the request: no other site can make a browser send it. */
const guardWrites: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-Headway-CSRF", "1");
    return request;
  },
};

/** Fetches, but no longer than a person would wait. Throws `Unreachable` where nothing answers. */
export const send = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(longest)]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable(error);
  }
};

export const api = createClient<paths>({ baseUrl: "/dispatcher/v1", credentials: "same-origin", fetch: send });
api.use(guardWrites);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer. Throws `Refusal` for a problem, `Unreachable` where nothing answers. */
export const answered = async <T>(call: Promise<Answer<T>>): Promise<T> => {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined) return data;
  throw new Refusal(response.status, isProblem(error) ? error : null, readRetryAfter(response.headers));
};

/** Like `answered`, for calls that answer nothing. */
export const done = async (call: Promise<Answer<unknown>>): Promise<void> => {
  const { error, response } = await call;
  if (!response.ok)
    throw new Refusal(response.status, isProblem(error) ? error : null, readRetryAfter(response.headers));
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "slug" in value && "detail" in value;
