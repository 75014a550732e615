import type { ServiceImpl } from "@connectrpc/connect";
import type { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { denied, unavailable } from "@headway/kernel/domain-error";
import { tidy } from "@headway/kernel/text";
import type { Limit, Limiter } from "@headway/service/gcra";
import { type SessionLimits, startSession } from "../model/session.ts";
import type { Passwords } from "../outbound/passwords.ts";
import type { SessionStore } from "../outbound/session-store.ts";
import type { userQueries } from "../outbound/user-repository.ts";
import { hashOf, newSecret } from "./secrets.ts";
import { toSession } from "./sessions.ts";
import { toUser } from "./users.ts";

export type LogInNeeds = {
  readonly clock: Clock;
  readonly limits: SessionLimits;
  readonly sessions: Pick<SessionStore, "add" | "remove">;
  readonly users: Pick<ReturnType<typeof userQueries>, "byName">;
  readonly passwords: Pick<Passwords, "fits">;
  readonly limiter: Limiter;
  /** How often one user name may be tried from one address. */
  readonly tries: Limit;
};

/** A session for who knows the password. Refused with `login.wrong`, `login.throttled` or `login.busy`. */
export const logIn = (needs: LogInNeeds): ServiceImpl<typeof SessionService>["logIn"] => {
  const { clock, limits, sessions, users, passwords, limiter, tries } = needs;

  const throttle = async (key: string, limit: Limit): Promise<void> => {
    const { allowed, retryAfterSeconds } = await limiter.hit(key, limit);
    if (!allowed)
      throw unavailable("login.throttled", `Too many tries. Wait ${retryAfterSeconds} seconds and try again.`, {
        retryAfter: retryAfterSeconds,
      });
  };

  return async ({ userName, password, address }) => {
    const name = tidy(userName).toLowerCase();
    const pair = `login:${name}@${address}`;
    await throttle(pair, tries);
    // Wide enough for a depot where everybody signs in at once behind one address, and for a user whom a stranger tries to keep out.
    for (const key of [`login-address:${address}`, `login-user:${name}`]) await throttle(key, widened(tries));
    const user = await users.byName(tidy(userName));
    const fits = await passwords.fits(password, user?.passwordHash ?? null);
    if (!user || !fits || user.disabled) throw wrong();
    await Promise.all([limiter.forget(pair), limiter.forget(`login-user:${name}`)]);
    const secret = newSecret();
    const session = startSession(user, clock.now(), limits);
    await sessions.add(hashOf(secret), session);
    // To prove a password takes its time: who was changed meanwhile, and whose sessions were ended, is not in by the old one.
    const now = await users.byName(tidy(userName));
    if (!now || now.disabled || now.passwordHash !== user.passwordHash) {
      await sessions.remove([session.id]);
      throw wrong();
    }
    return { secret, session: toSession(session), user: toUser(user) };
  };
};

const wrong = () =>
  denied(
    "login.wrong",
    "This user name and password do not fit. Check both, or ask an administrator for a new password.",
  );

const widened = ({ calls, seconds }: Limit): Limit => ({ calls: calls * 20, seconds });
