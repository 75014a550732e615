export type ErrorKind = "invalid" | "denied" | "missing" | "conflict" | "stale" | "unavailable";

/** One finding of a refusal: the field (or row) it is about, a stable slug and a sentence for people. */
export type Finding = { readonly field: string; readonly slug: string; readonly message: string };

type Details = {
  /** The field that the refusal is about, as the caller knows it. */
  readonly field?: string;
  readonly findings?: readonly Finding[];
  /** Whole seconds after which the same call may go through. */
  readonly retryAfter?: number;
  /** What went wrong beneath; for the log, never told. */
  readonly cause?: unknown;
};

/** A refusal that the caller can understand and act on. Anything else thrown is an internal error. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly slug: string;
  readonly findings: readonly Finding[];
  readonly retryAfter: number | null;

  constructor(kind: ErrorKind, slug: string, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = "DomainError";
    this.kind = kind;
    this.slug = slug;
    this.findings = details.findings ?? (details.field ? [{ field: details.field, slug, message }] : []);
    this.retryAfter = details.retryAfter ?? null;
  }
}

const refusal =
  (kind: ErrorKind) =>
  (slug: string, message: string, details: Details = {}): DomainError =>
    new DomainError(kind, slug, message, details);

/** What was said makes no sense: 400. */
export const invalid = refusal("invalid");
/** The caller may not do this: 403. */
export const denied = refusal("denied");
/** The thing is not there, or not for this caller to know of: 404. */
export const missing = refusal("missing");
/** The thing's state does not allow it: 409. */
export const conflict = refusal("conflict");
/** Somebody else was faster: 412. */
export const stale = refusal("stale");
/** Not now; the same call may succeed later: 503. */
export const unavailable = refusal("unavailable");
