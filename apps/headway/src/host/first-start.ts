import { randomBytes } from "node:crypto";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import type { Role } from "@headway/kernel/grant";
import { newId } from "@headway/kernel/ids";
import { refusingClient } from "@headway/service/client";
import { toProtoRole } from "@headway/service/roles";
import type { Installation } from "./installation.ts";
import type { Profile } from "./profile.ts";
import type { Reach } from "./reach-services.ts";

/** What one needs to go on after the first start. Nothing of it is kept in clear, but the key that the demo itself uses. */
export type FirstStart = {
  readonly accounts: readonly { readonly name: string; readonly password: string; readonly role: Role }[];
  readonly key: string;
};

const demoKey = "demo-key";

/** Makes the first accounts, where there are none yet; null at any later start. */
export const firstStart = async (
  { empty }: Pick<Profile, "empty">,
  { keep }: Pick<Installation, "keep">,
  reach: Reach,
): Promise<FirstStart | null> => {
  const users = refusingClient(UserService, reach("iam"));
  // The administrator's is the last, so that a first start that was killed is a first start again.
  const roles: readonly Role[] = empty ? ["admin"] : ["dispatcher", "planner", "payroll", "hr", "auditor", "admin"];
  const { users: some } = await users.listUsers({ page: { size: roles.length } });
  const known = new Set(some.map(({ userName }) => userName));
  if (known.size === roles.length || known.has("admin")) return null;
  const { key } = await users.createServiceAccount({
    name: `first-start-${newId()}`,
    grants: [{ role: toProtoRole("admin") }],
  });
  if (!empty) await keep(demoKey, key);
  const accounts = roles.map((role) => ({
    name: role,
    role,
    password: empty ? randomBytes(12).toString("base64url") : `headway-demo-${role}`,
  }));
  for (const { name, password, role } of accounts)
    if (!known.has(name)) await users.createUser({ userName: name, password, grants: [{ role: toProtoRole(role) }] });
  return { accounts, key };
};

/** The key that the demo metro is run with; null where there is no demo. */
export const keyOfDemo = ({ kept }: Installation): Promise<string | null> => kept(demoKey);
