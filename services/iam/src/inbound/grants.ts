import type { Grant as GrantDto } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { invalid } from "@headway/kernel/domain-error";
import type { Grant, Role } from "@headway/kernel/grant";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { toProtoRole, toRole } from "@headway/service/roles";

/**
 * Reads a grant; no depots means all. Refused with `role.unknown`, or with `grant.admin-of-some-depots`: what only an
 * administrator does concerns all depots, and the rest of a depot's work has roles of its own.
 */
export const parseGrant = (grant: GrantDto | undefined, field: string): Grant => {
  const depots = (grant?.depotIds ?? []).map((id, index) => parseId<DepotId>(id, `${field}.depotIds[${index}]`));
  const role = parseRole(grant?.role ?? 0, `${field}.role`);
  if (role === "admin" && depots.length > 0)
    throw invalid(
      "grant.admin-of-some-depots",
      "An administrator is one of all depots. For some of them, grant dispatcher, planner, hr, payroll or auditor.",
      { field: `${field}.depotIds` },
    );
  return { role, depots: depots.length === 0 ? null : depots };
};

/** Reads grants, each role once. Refused as `parseGrant` says, or with `grant.role-twice`. */
export const parseGrants = (grants: readonly GrantDto[], field: string): Grant[] => {
  const read = grants.map((grant, index) => parseGrant(grant, `${field}[${index}]`));
  const twice = read.findIndex(({ role }, index) => read.slice(0, index).some((earlier) => earlier.role === role));
  if (twice >= 0)
    throw invalid("grant.role-twice", `${read[twice]?.role} is there already: name all its depots in one grant.`, {
      field: `${field}[${twice}].role`,
    });
  return read;
};

export const parseRole = (proto: Parameters<typeof toRole>[0], field: string): Role => {
  const role = toRole(proto);
  if (!role) throw invalid("role.unknown", `${field} must name a role.`, { field });
  return role;
};

export const toGrant = ({ role, depots }: Grant) => ({ role: toProtoRole(role), depotIds: [...(depots ?? [])] });
