import { Refusal, Unreachable } from "../api/refusal.ts";

/** What went wrong with a login, and what to press now. */
export type LogInAdvice = {
  readonly what: string;
  readonly remedy: string;
  /** Seconds to wait before the next try, if one must. */
  readonly wait: number | null;
};

const defaultWait = 5;

/** The words for a failed login: wrong, throttled, busy, unreachable, broken. */
export const logInAdvice = (error: unknown): LogInAdvice => {
  if (error instanceof Unreachable)
    return {
      what: "Headway does not answer.",
      remedy: "Check that this machine is on the network, then log in again.",
      wait: null,
    };
  if (!(error instanceof Refusal)) return broken(null);
  const wait = error.retryAfter ?? defaultWait;
  if (error.slug === "login.throttled" || error.status === 429)
    return { what: "Too many tries.", remedy: "Your account is not locked: wait, then log in again.", wait };
  if (error.status === 503)
    return {
      what: "Headway is busy.",
      remedy: "Nothing is wrong with your account: log in again in a moment.",
      wait,
    };
  if (error.status === 400 || error.status === 401)
    return {
      what: "User name or password is wrong.",
      remedy: "Try again. If you have forgotten the password, an administrator sets a new one.",
      wait: null,
    };
  return broken(error.traceId);
};

const broken = (traceId: string | null): LogInAdvice => ({
  what: "Something broke inside Headway.",
  remedy: `Log in again. If it stays, tell whoever runs Headway${traceId === null ? "" : `: trace ${traceId}`}.`,
  wait: null,
});
