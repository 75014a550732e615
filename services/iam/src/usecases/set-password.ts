import type { UserId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { setPassword as decide, type User } from "../model/user.ts";

export type SetPasswordInput = { readonly user: UserId; readonly expected: Version; readonly passwordHash: string };

export type SetPasswordNeeds = {
  readonly users: {
    lock(tx: Tx, id: UserId, expected: Version): Promise<User>;
    save(tx: Tx, user: User): Promise<void>;
  };
};

/** A user gets another password. Refused with `user.unknown`, `user.changed` or `user.disabled`. */
export const setPassword =
  ({ users }: SetPasswordNeeds): Command<SetPasswordInput, User> =>
  async (tx, { user: id, expected, passwordHash }) => {
    const next = decide(await users.lock(tx, id, expected), passwordHash);
    await users.save(tx, next);
    return next;
  };
