import type { DepotId, EmployeeId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import { drivesOnlyIn, grantRole, type User } from "../model/user.ts";

export type FollowEmployeeInput = { readonly employee: EmployeeId; readonly from: DepotId; readonly to: DepotId };

export type FollowEmployeeNeeds = {
  readonly users: {
    ofEmployee(tx: Tx, employee: EmployeeId): Promise<User | null>;
    save(tx: Tx, user: User): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A person reports at another depot, and is a driver there from now on. A role that an administrator gave otherwise, or took, stays so. */
export const followEmployee =
  ({ users, events }: FollowEmployeeNeeds): Command<FollowEmployeeInput, void> =>
  async (tx, { employee, from, to }) => {
    const user = await users.ofEmployee(tx, employee);
    if (!user || user.disabled || !drivesOnlyIn(user, from)) return;
    const { next, event } = grantRole(user, { role: "driver", depots: [to] });
    await users.save(tx, next);
    await events.record(tx, [event]);
  };
