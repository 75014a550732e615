import { parseId, parseVersion, type UserId } from "@headway/kernel/ids";
import type { User } from "../model/user.ts";
import { toGrant } from "./grants.ts";

/** Reads which user is meant, and at which version the caller has seen them. */
export const toSeen = ({ userId, expectedVersion }: { userId: string; expectedVersion: number }) => ({
  user: parseId<UserId>(userId, "userId"),
  expected: parseVersion(expectedVersion, "expectedVersion"),
});

export const toUser = ({ id, name, employee, disabled, grants, version }: User) => ({
  id,
  userName: name,
  employeeId: employee ?? "",
  disabled,
  grants: grants.map(toGrant),
  version,
});
