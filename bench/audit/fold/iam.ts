import { Role } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import type { iamTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { known, type Told } from "../told.ts";

/** What iam's log comes to. */
export const foldIam = () => {
  const users = new Map<string, Fact>();
  const grants = new Map<string, Fact>();
  const accounts = new Map<string, Fact>();

  const hear = (told: Told<typeof iamTopic>): void => {
    switch (told.type) {
      case "UserCreated": {
        const employee = told.event.employeeId === "" ? null : told.event.employeeId;
        users.set(told.event.userId, { employee, disabled: false });
        break;
      }
      case "UserDisabled":
        users.set(told.event.userId, { ...known(users, told.event.userId), disabled: true });
        break;
      case "RoleGranted": {
        const { userId, role, depotIds } = told.event;
        grants.set(keyOf(userId, role), { depots: [...depotIds].sort().join(" ") });
        break;
      }
      case "RoleRevoked":
        grants.delete(keyOf(told.event.userId, told.event.role));
        break;
      case "ServiceAccountCreated":
        accounts.set(told.event.serviceAccountId, { revoked: false });
        break;
      case "ServiceAccountRevoked":
        known(accounts, told.event.serviceAccountId);
        accounts.set(told.event.serviceAccountId, { revoked: true });
        break;
      case "SessionRevoked":
        break;
    }
  };

  return { hear, users, grants, accounts };
};

const keyOf = (user: string, role: Role): string => `${user} ${(Role[role] ?? "").toLowerCase().replaceAll("_", "-")}`;
