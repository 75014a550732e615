import { conflict, invalid } from "@headway/kernel/domain-error";
import type { Grant, Role } from "@headway/kernel/grant";
import {
  type DepotId,
  type EmployeeId,
  firstVersion,
  newId,
  nextVersion,
  type UserId,
  type Version,
} from "@headway/kernel/ids";
import { requireText } from "@headway/kernel/reading";
import type { Decision } from "@headway/kernel/tx";

export type User = {
  readonly id: UserId;
  readonly name: string;
  /** Null for people who are not employees. */
  readonly employee: EmployeeId | null;
  /** Null: nobody can log in with a password yet. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly grants: readonly Grant[];
  readonly version: Version;
};

export type UserEvent =
  | { readonly type: "UserCreated"; readonly user: User }
  | { readonly type: "UserDisabled"; readonly user: User }
  | { readonly type: "RoleGranted"; readonly user: User; readonly grant: Grant }
  | { readonly type: "RoleRevoked"; readonly user: User; readonly role: Role };

export type NewUser = Pick<User, "name" | "employee" | "passwordHash" | "grants">;

export const createUser = ({ name, ...rest }: NewUser): Decision<User, readonly UserEvent[]> => {
  const user: User = {
    ...rest,
    id: newId<UserId>(),
    name: requireText(name, "userName"),
    disabled: false,
    version: firstVersion,
  };
  return {
    next: user,
    event: [
      { type: "UserCreated", user },
      ...user.grants.map((grant) => ({ type: "RoleGranted" as const, user, grant })),
    ],
  };
};

/** Refused with `user.disabled` when it is so already. */
export const disableUser = (user: User): Decision<User, UserEvent> => {
  const next = changed(user, { disabled: true });
  return { next, event: { type: "UserDisabled", user: next } };
};

/** Gives a role; a role that is there already gets other depots. */
export const grantRole = (user: User, grant: Grant): Decision<User, UserEvent> => {
  const next = changed(user, { grants: [...user.grants.filter(({ role }) => role !== grant.role), grant] });
  return { next, event: { type: "RoleGranted", user: next, grant } };
};

/** As everybody is who is hired there, until an administrator makes it something else. */
export const drivesOnlyIn = ({ grants }: User, depot: DepotId): boolean =>
  grants.some(({ role, depots }) => role === "driver" && depots?.length === 1 && depots[0] === depot);

/** Refused with `user.no-such-role`. */
export const revokeRole = (user: User, role: Role): Decision<User, UserEvent> => {
  if (!user.grants.some((grant) => grant.role === role))
    throw conflict("user.no-such-role", `${user.name} is no ${role}.`);
  const next = changed(user, { grants: user.grants.filter((grant) => grant.role !== role) });
  return { next, event: { type: "RoleRevoked", user: next, role } };
};

export const setPassword = (user: User, passwordHash: string): User => changed(user, { passwordHash });

/** Reads a password that somebody chooses: 12 to 128 characters. Refused with `password.length`. */
export const requirePassword = (password: string, field: string): string => {
  if (password.length < 12 || password.length > 128)
    throw invalid("password.length", "A password needs 12 to 128 characters; a sentence is fine.", { field });
  return password;
};

const changed = (user: User, what: Partial<Pick<User, "disabled" | "grants" | "passwordHash">>): User => {
  if (user.disabled) throw conflict("user.disabled", `${user.name} is disabled.`);
  return { ...user, ...what, version: nextVersion(user.version) };
};
