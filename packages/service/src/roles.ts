import { Role as ProtoRole } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { type Role, roles } from "./caller.ts";

const protoRoles: Record<Role, ProtoRole> = {
  driver: ProtoRole.DRIVER,
  dispatcher: ProtoRole.DISPATCHER,
  planner: ProtoRole.PLANNER,
  hr: ProtoRole.HR,
  payroll: ProtoRole.PAYROLL,
  auditor: ProtoRole.AUDITOR,
  admin: ProtoRole.ADMIN,
};

/** The role as it goes over the wire. */
export const toProtoRole = (role: Role): ProtoRole => protoRoles[role];

/** Null for a role that this version does not know. */
export const toRole = (proto: ProtoRole): Role | null => roles.find((role) => protoRoles[role] === proto) ?? null;
