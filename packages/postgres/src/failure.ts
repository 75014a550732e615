import { unavailable } from "@headway/kernel/domain-error";

// SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
const uniqueViolation = "23505";
const exclusionViolation = "23P01";
const foreignKeyViolation = "23503";
const deadlock = "40P01";
const serializationFailure = "40001";
const lockNotAvailable = "55P03";
const inFailedTransaction = "25P02";
const queryCanceled = "57014";

const textOf = (error: unknown, key: "code" | "constraint"): string | null =>
  typeof error === "object" && error !== null && key in error ? String((error as Record<string, unknown>)[key]) : null;

/** True where the same transaction may succeed when it is run again. */
export const isWorthRetrying = (error: unknown): boolean =>
  [deadlock, serializationFailure, lockNotAvailable].includes(textOf(error, "code") ?? "");

/** True for a statement that was not carried out because one before it in the transaction has failed. */
export const isBehindFailure = (error: unknown): boolean => textOf(error, "code") === inFailedTransaction;

/** True for a statement that took longer than any may. */
export const isTimeout = (error: unknown): boolean => textOf(error, "code") === queryCanceled;

/** True where the connection or the server is gone, starting or out of connections: the same work may succeed later. */
export const isConnectionFailure = (error: unknown): boolean =>
  /^(08...|57P0[12345]|53300|25P03|ECONN\w+|EPIPE|ETIMEDOUT)$/.test(textOf(error, "code") ?? "") ||
  (error instanceof Error &&
    /connection terminated|not queryable|timeout exceeded when trying to connect/i.test(error.message));

/**
 * Turns the violation of a named unique, exclusion or foreign key constraint into the refusal that the caller can understand.
 * `await rows(...).catch(onViolation({ assignment_no_overlap: () => conflict("driver.busy", "...") }))`
 */
export const onViolation =
  (refusals: Readonly<Record<string, () => Error>>) =>
  (error: unknown): never => {
    const violated = [uniqueViolation, exclusionViolation, foreignKeyViolation].includes(textOf(error, "code") ?? "");
    const refusal = violated ? refusals[textOf(error, "constraint") ?? ""] : undefined;
    throw refusal ? refusal() : error;
  };

/** Throws the refusal `database.unavailable` with the failure as its cause. */
export const asUnavailable = (error: unknown): never => {
  throw Object.assign(
    unavailable("database.unavailable", "The database does not answer. Try again soon.", { retryAfter: 2 }),
    { cause: error },
  );
};
