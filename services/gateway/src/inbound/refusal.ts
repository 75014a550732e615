import { STATUS_CODES } from "node:http";
import { DomainError, type Finding } from "@headway/kernel/domain-error";
import { codes } from "@headway/service/errors";

type Details = { readonly errors?: readonly Finding[]; readonly headers?: Readonly<Record<string, string>> };

/** A refusal that only the edge knows, with its own status. */
export class EdgeRefusal extends Error {
  override name = "EdgeRefusal";
  readonly status: number;
  readonly slug: string;
  readonly errors: readonly Finding[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, slug: string, message: string, { errors = [], headers = {} }: Details = {}) {
    super(message);
    this.status = status;
    this.slug = slug;
    this.errors = errors;
    this.headers = headers;
  }
}

/** RFC 9457, with the findings one by one. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly slug: string;
  readonly detail: string;
  readonly instance: string;
  readonly traceId?: string;
  readonly errors: readonly Finding[];
};

/** The problem that a failure is told as, and its headers. What is neither refusal is an internal error and told as nothing. */
export const toProblem = (
  failure: unknown,
  instance: string,
  traceId: string | null,
): { readonly problem: Problem; readonly headers: Readonly<Record<string, string>> } => {
  const { status, slug, message, errors, headers } = toRefusal(failure);
  return {
    headers,
    problem: {
      type: `urn:headway:problem:${slug}`,
      title: STATUS_CODES[status] ?? "Refused",
      status,
      slug,
      detail: message,
      instance,
      ...(traceId ? { traceId } : {}),
      errors,
    },
  };
};

// What has a status of its own outside: asked too often rather than away, and as the draft on Idempotency-Key wants it.
const ownStatus: Readonly<Record<string, number>> = { "login.throttled": 429, "idempotency-key.reused": 422 };

const toRefusal = (failure: unknown): EdgeRefusal => {
  if (failure instanceof EdgeRefusal) return failure;
  if (failure instanceof DomainError)
    return new EdgeRefusal(ownStatus[failure.slug] ?? codes[failure.kind].http, failure.slug, failure.message, {
      // What came from another service carries more than it shows.
      errors: failure.findings.map(({ field, slug, message }) => ({ field, slug, message })),
      headers: failure.retryAfter === null ? {} : { "retry-after": String(failure.retryAfter) },
    });
  return new EdgeRefusal(500, "internal", "Something is broken inside Headway. It has been noted.");
};
