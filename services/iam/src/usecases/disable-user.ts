import type { UserId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { type SessionsToEnd, sessionsBefore } from "../model/session.ts";
import { disableUser as decide, type User } from "../model/user.ts";

export type DisableUserInput = { readonly user: UserId; readonly expected: Version };

export type DisableUserNeeds = {
  readonly users: {
    lock(tx: Tx, id: UserId, expected: Version): Promise<User>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly sessionsToEnd: { note(tx: Tx, sessions: SessionsToEnd): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A person can sign in no more, and their sessions must end. Refused with `user.unknown`, `user.changed` or `user.disabled`. */
export const disableUser =
  ({ users, sessionsToEnd, events }: DisableUserNeeds): Command<DisableUserInput, User> =>
  async (tx, { user: id, expected }) => {
    const { next, event } = decide(await users.lock(tx, id, expected));
    await users.save(tx, next);
    await sessionsToEnd.note(tx, sessionsBefore(next));
    await events.record(tx, [event]);
    return next;
  };
