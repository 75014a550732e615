import type { Grant as ProtoGrant, User as ProtoUser } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { toProtoRole, toRole } from "@headway/service/roles";
import { done, made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const users = handlersOf<paths, Context>()({
  "GET /users": async ({ query, calls }) => {
    const { users: found, page } = await calls.users.listUsers({ page: pageOf(query) });
    return ok(listed(found.map(toUser), page));
  },
  "POST /users": async ({ body, calls }) => {
    const { user } = await calls.users.createUser({
      userName: body.userName,
      password: body.password ?? "",
      employeeId: body.employeeId ?? "",
      grants: body.grants.map(toProtoGrant),
    });
    return made(...answered(user));
  },
  "POST /users/{userId}/disable": async ({ path, ifMatch, calls }) => {
    const { user } = await calls.users.disableUser({ ...path, expectedVersion: ifMatch });
    return ok(...answered(user));
  },
  "POST /users/{userId}/roles": async ({ path, body, ifMatch, calls }) => {
    const { user } = await calls.users.grantRole({ ...path, grant: toProtoGrant(body), expectedVersion: ifMatch });
    return ok(...answered(user));
  },
  "DELETE /users/{userId}/roles/{role}": async ({ path, ifMatch, calls }) => {
    const { user } = await calls.users.revokeRole({
      userId: path.userId,
      role: toProtoRole(path.role),
      expectedVersion: ifMatch,
    });
    return ok(...answered(user));
  },
  "PUT /users/{userId}/password": async ({ path, body, ifMatch, calls }) => {
    const { user } = await calls.users.setPassword({ ...path, ...body, expectedVersion: ifMatch });
    return ok(...answered(user));
  },
});

export const serviceAccounts = handlersOf<paths, Context>()({
  "POST /service-accounts": async ({ body, calls }) => {
    const { serviceAccountId, key } = await calls.users.createServiceAccount({
      name: body.name,
      grants: body.grants.map(toProtoGrant),
    });
    return made({ serviceAccountId, key });
  },
  "DELETE /service-accounts/{serviceAccountId}": async ({ path, calls }) => {
    await calls.users.revokeServiceAccount(path);
    return done();
  },
});

const answered = (user: ProtoUser | undefined): [Schemas["User"], { version: number }] => [
  toUser(present(user)),
  { version: present(user).version },
];

const toProtoGrant = ({ role, depotIds }: Schemas["Grant"]) => ({ role: toProtoRole(role), depotIds });

export const toUser = (user: ProtoUser): Schemas["User"] => ({
  id: user.id,
  userName: user.userName,
  employeeId: orNull(user.employeeId),
  disabled: user.disabled,
  grants: toGrants(user.grants),
  version: user.version,
});

/** Roles of a later version than this are nothing that this one could show or check. */
const toGrants = (grants: readonly ProtoGrant[]): Schemas["Grant"][] =>
  grants.flatMap(({ role: proto, depotIds }) => {
    const role = toRole(proto);
    return role ? [{ role, depotIds }] : [];
  });
