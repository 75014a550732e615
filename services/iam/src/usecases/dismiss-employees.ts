import type { EmployeeId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { type SessionsToEnd, sessionsBefore } from "../model/session.ts";
import { disableUser, type User } from "../model/user.ts";

export type DismissEmployeesInput = { readonly employees: readonly EmployeeId[] };

export type DismissEmployeesNeeds = {
  readonly users: {
    ofEmployee(tx: Tx, employee: EmployeeId): Promise<User | null>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly leavers: { settle(tx: Tx, employee: EmployeeId): Promise<void> };
  readonly sessionsToEnd: { note(tx: Tx, sessions: SessionsToEnd): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** People whose last day is over can sign in no more, and their sessions must end. */
export const dismissEmployees =
  ({ users, leavers, sessionsToEnd, events }: DismissEmployeesNeeds): Command<DismissEmployeesInput, readonly User[]> =>
  async (tx, { employees }) => {
    const dismissed: User[] = [];
    for (const employee of employees) {
      const user = await users.ofEmployee(tx, employee);
      await leavers.settle(tx, employee);
      if (!user || user.disabled) continue;
      const { next, event } = disableUser(user);
      await users.save(tx, next);
      await sessionsToEnd.note(tx, sessionsBefore(next));
      await events.record(tx, [event]);
      dismissed.push(next);
    }
    return dismissed;
  };
