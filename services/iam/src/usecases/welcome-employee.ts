import type { Grant } from "@headway/kernel/grant";
import type { EmployeeId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { createUser, type User } from "../model/user.ts";

export type WelcomeEmployeeInput = { readonly employee: EmployeeId; readonly number: string; readonly grant: Grant };

export type WelcomeEmployeeNeeds = {
  readonly users: {
    ofEmployee(tx: Tx, employee: EmployeeId): Promise<User | null>;
    isNameTaken(tx: Tx, name: string): Promise<boolean>;
    add(tx: Tx, user: User): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A hired person gets a user named after their number, without a password until an administrator sets one. */
export const welcomeEmployee =
  ({ users, events }: WelcomeEmployeeNeeds): Command<WelcomeEmployeeInput, void> =>
  async (tx, { employee, number, grant }) => {
    if (await users.ofEmployee(tx, employee)) return;
    const name = (await users.isNameTaken(tx, number)) ? `${number}-${employee.slice(-6)}` : number;
    const { next, event } = createUser({ name, employee, passwordHash: null, grants: [grant] });
    await users.add(tx, next);
    await events.record(tx, event);
  };
