import type { ServiceImpl } from "@connectrpc/connect";
import type { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { type EmployeeId, parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import { parsePage } from "@headway/postgres/keyset";
import { sessionsBefore } from "../model/session.ts";
import { type NewUser, requirePassword, type User } from "../model/user.ts";
import type { Passwords } from "../outbound/passwords.ts";
import type { userQueries } from "../outbound/user-repository.ts";
import type { DisableUserInput } from "../usecases/disable-user.ts";
import type { GrantRoleInput } from "../usecases/grant-role.ts";
import type { RevokeRoleInput } from "../usecases/revoke-role.ts";
import { type EndAtOnceNeeds, endAtOnce } from "./ended-sessions.ts";
import { parseGrant, parseGrants, parseRole } from "./grants.ts";
import { type PasswordCallsNeeds, passwordCalls } from "./password-calls.ts";
import { type ServiceAccountCallsNeeds, serviceAccountCalls } from "./service-account-calls.ts";
import { toSeen, toUser } from "./users.ts";

export type UserServiceNeeds = EndAtOnceNeeds &
  PasswordCallsNeeds &
  ServiceAccountCallsNeeds & {
    readonly passwords: Pick<Passwords, "hash">;
    readonly users: Pick<ReturnType<typeof userQueries>, "list">;
    readonly createUser: Command<NewUser, User>;
    readonly disableUser: Command<DisableUserInput, User>;
    readonly grantRole: Command<GrantRoleInput, User>;
    readonly revokeRole: Command<RevokeRoleInput, User>;
  };

export const userService = (needs: UserServiceNeeds): ServiceImpl<typeof UserService> => {
  const { inTx, passwords, users, createUser, disableUser, grantRole, revokeRole } = needs;
  return {
    ...passwordCalls(needs),
    ...serviceAccountCalls(needs),

    async createUser({ userName, password, employeeId, grants }) {
      const input: NewUser = {
        name: userName,
        employee: employeeId === "" ? null : parseId<EmployeeId>(employeeId, "employeeId"),
        grants: parseGrants(grants, "grants"),
        passwordHash: password === "" ? null : await passwords.hash(requirePassword(password, "password")),
      };
      return { user: toUser(await inTx((tx) => createUser(tx, input))) };
    },

    // Whoever is disabled comes in no more, whether or not their sessions can be ended at once.
    async disableUser(request) {
      const user = await inTx((tx) => disableUser(tx, toSeen(request)));
      await endAtOnce(needs, sessionsBefore(user));
      return { user: toUser(user) };
    },

    async grantRole(request) {
      const input = { ...toSeen(request), grant: parseGrant(request.grant, "grant") };
      return { user: toUser(await inTx((tx) => grantRole(tx, input))) };
    },

    async revokeRole(request) {
      const input = { ...toSeen(request), role: parseRole(request.role, "role") };
      return { user: toUser(await inTx((tx) => revokeRole(tx, input))) };
    },

    async listUsers({ page }) {
      const { items, next } = await users.list(parsePage(page, ["text"]));
      return { users: items.map(toUser), page: { next } };
    },
  };
};
