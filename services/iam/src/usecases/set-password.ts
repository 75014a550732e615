import type { UserId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type SessionsToEnd, sessionsBefore } from "../model/session.ts";
import { setPassword as decide, type User } from "../model/user.ts";

export type SetPasswordInput = {
  readonly user: UserId;
  readonly expected: Version;
  readonly passwordHash: string;
  /** The session that goes on; null where none does. */
  readonly spared: string | null;
};

export type SetPasswordNeeds = {
  readonly users: {
    lock(tx: Tx, id: UserId, expected: Version): Promise<User>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly sessionsToEnd: { note(tx: Tx, sessions: SessionsToEnd): Promise<void> };
};

/** A user gets another password, and the sessions that the old one opened must end. Refused with `user.unknown`, `user.changed` or `user.disabled`. */
export const setPassword =
  ({ users, sessionsToEnd }: SetPasswordNeeds): Command<SetPasswordInput, User> =>
  async (tx, { user: id, expected, passwordHash, spared }) => {
    const next = decide(await users.lock(tx, id, expected), passwordHash);
    await users.save(tx, next);
    await sessionsToEnd.note(tx, sessionsBefore(next, spared));
    return next;
  };
