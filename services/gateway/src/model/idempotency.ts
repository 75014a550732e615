/** An answer as it is kept to be given again. A secret one is remembered, but not what it said. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly secret: boolean;
};

/** What the store knows of a key. `owner` is the call that is under way. */
export type Kept =
  | { readonly state: "under-way"; readonly owner: string }
  | { readonly state: "done"; readonly fingerprint: string; readonly answer: KeptAnswer };

/** What a repetition with an Idempotency-Key meets (draft-ietf-httpapi-idempotency-key-header-07, section 2.6). */
export type Standing =
  | { readonly kind: "under-way" }
  | { readonly kind: "other-request" }
  | { readonly kind: "answer-was-secret" }
  | { readonly kind: "again"; readonly answer: KeptAnswer };

/** `fingerprint` is that of the request at hand. */
export const standingOf = (kept: Kept, fingerprint: string): Standing => {
  if (kept.state === "under-way") return { kind: "under-way" };
  if (kept.fingerprint !== fingerprint) return { kind: "other-request" };
  return kept.answer.secret ? { kind: "answer-was-secret" } : { kind: "again", answer: kept.answer };
};

/** Whether a later call with the same key gets this status again. What failed here, or came too fast, may be tried anew. */
export const isFinal = (status: number): boolean => status < 500 && status !== 429;
