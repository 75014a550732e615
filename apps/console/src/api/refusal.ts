import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type Problem = components["schemas"]["Problem"];

/** Headway said no, and why. Decide by `slug` and `status`, show `message`. */
export class Refusal extends Error {
  readonly status: number;
  readonly slug: string;
  readonly traceId: string | null;
  /** Whole seconds after which the same call may go through. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null) {
    super(problem?.detail ?? `The answer was ${status}, without a reason.`);
    this.name = "Refusal";
    this.status = status;
    this.slug = problem?.slug ?? "unknown";
    this.traceId = problem?.traceId ?? null;
    this.retryAfter = retryAfter;
  }
}

/** Nothing answered at all: no network, or Headway is down. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("Headway does not answer.", { cause });
    this.name = "Unreachable";
  }
}

/** Whether the session is over, so that only a new login helps. */
export const isSessionOver = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

/** Whether the caller may not do this at all. */
export const isDenied = (error: unknown): boolean => error instanceof Refusal && error.status === 403;

/** Reads Retry-After in seconds; a date there is not used by Headway. */
export const readRetryAfter = (headers: Headers): number | null => {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
};
