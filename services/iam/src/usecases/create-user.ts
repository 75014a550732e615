import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { createUser as decide, type NewUser, type User } from "../model/user.ts";

export type CreateUserNeeds = {
  readonly users: { add(tx: Tx, user: User): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A person can sign in from now on. Refused with `user.name-taken` or `user.employee-taken`. */
export const createUser =
  ({ users, events }: CreateUserNeeds): Command<NewUser, User> =>
  async (tx, input) => {
    const { next, event } = decide(input);
    await users.add(tx, next);
    await events.record(tx, event);
    return next;
  };
