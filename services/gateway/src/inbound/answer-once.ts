import { createHash, createHmac } from "node:crypto";
import { isFinal, type Kept, type KeptAnswer, standingOf } from "../model/idempotency.ts";
import { EdgeRefusal } from "./refusal.ts";

/** Where answers are kept by Idempotency-Key. */
export type Answers = {
  claim(key: string, owner: string, seconds: number): Promise<Kept | null>;
  keep(key: string, owner: string, fingerprint: string, answer: KeptAnswer, seconds: number): Promise<void>;
  release(key: string, owner: string): Promise<void>;
};

export type OnceInput = {
  /** The caller's key, bound to the caller. */
  readonly key: string;
  /** How long the work may take before another call may take the key. */
  readonly workSeconds: number;
  /** What tells this request from another; null where its body did not come to its end. */
  readonly fingerprint: () => Promise<string | null>;
  readonly work: () => Promise<KeptAnswer>;
};

export type Once = { readonly answer: KeptAnswer; readonly again: boolean };

const keptSeconds = 24 * 60 * 60;
const grace = 30;

/** Does the work once for a key and answers the same to every repetition. Refused with `idempotency-key.under-way` (409), `.reused` (422) or `.answer-was-secret` (409). */
export const answerOnce = async (
  answers: Answers,
  { key, workSeconds, fingerprint, work }: OnceInput,
): Promise<Once> => {
  const owner = crypto.randomUUID();
  const kept = await answers.claim(key, owner, workSeconds + grace);
  if (kept) return { answer: await repeated(kept, fingerprint), again: true };
  try {
    const answer = await work();
    const print = isFinal(answer.status) ? await fingerprint() : null;
    // What was done is told, also where it cannot be kept: a repetition waits until the claim has ended.
    await (print === null
      ? answers.release(key, owner)
      : answers.keep(key, owner, print, toKept(answer), keptSeconds)
    ).catch(() => {});
    return { answer, again: false };
  } catch (error) {
    await answers.release(key, owner).catch(() => {});
    throw error;
  }
};

const repeated = async (kept: Kept, fingerprint: () => Promise<string | null>): Promise<KeptAnswer> => {
  const standing = standingOf(kept, kept.state === "under-way" ? "" : ((await fingerprint()) ?? ""));
  switch (standing.kind) {
    case "again":
      return standing.answer;
    case "other-request":
      throw new EdgeRefusal(422, "idempotency-key.reused", "This Idempotency-Key was used for another request.");
    case "answer-was-secret":
      throw new EdgeRefusal(
        409,
        "idempotency-key.answer-was-secret",
        "This was done, and its answer is shown only once.",
      );
    default:
      throw new EdgeRefusal(
        409,
        "idempotency-key.under-way",
        "The first call with this Idempotency-Key is still under way.",
        {
          headers: { "retry-after": "1" },
        },
      );
  }
};

const toKept = (answer: KeptAnswer): KeptAnswer => (answer.secret ? { ...answer, body: null } : answer);

/** A short name for texts that together tell one thing from another. */
export const digestOf = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url");

/**
 * Digests that mean nothing without the installation's secret: a request may carry a password, and whoever reads what is
 * kept of it must not be able to try passwords on it.
 */
export const digestsUnder = (secret: string): typeof digestOf => {
  const key = createHmac("sha256", secret).update("fingerprints of requests").digest();
  return (...parts) => createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
};
