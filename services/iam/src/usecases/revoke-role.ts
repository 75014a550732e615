import type { Role } from "@headway/kernel/grant";
import type { UserId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { revokeRole as decide, type User } from "../model/user.ts";

export type RevokeRoleInput = { readonly user: UserId; readonly expected: Version; readonly role: Role };

export type RevokeRoleNeeds = {
  readonly users: {
    lock(tx: Tx, id: UserId, expected: Version): Promise<User>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A person holds a role no more. Refused with `user.unknown`, `user.changed`, `user.disabled` or `user.no-such-role`. */
export const revokeRole =
  ({ users, events }: RevokeRoleNeeds): Command<RevokeRoleInput, User> =>
  async (tx, { user: id, expected, role }) => {
    const { next, event } = decide(await users.lock(tx, id, expected), role);
    await users.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
