import type { Grant } from "@headway/kernel/grant";
import type { UserId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { grantRole as decide, type User } from "../model/user.ts";

export type GrantRoleInput = { readonly user: UserId; readonly expected: Version; readonly grant: Grant };

export type GrantRoleNeeds = {
  readonly users: {
    lock(tx: Tx, id: UserId, expected: Version): Promise<User>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A person holds a role from now on, in these depots and no others. Refused with `user.unknown`, `user.changed` or `user.disabled`. */
export const grantRole =
  ({ users, events }: GrantRoleNeeds): Command<GrantRoleInput, User> =>
  async (tx, { user: id, expected, grant }) => {
    const { next, event } = decide(await users.lock(tx, id, expected), grant);
    await users.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
