import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import type { Me } from "./session-query.ts";

export type Role = components["schemas"]["Role"];

/** Who sees a day board, and who acts on it; as `getDayBoard` and `replaceDriver` say. */
export const boardRoles: readonly Role[] = ["dispatcher", "planner", "auditor", "admin"];
export const actingRoles: readonly Role[] = ["dispatcher", "admin"];

/** Whether somebody has one of these roles, in a depot or (`null`) anywhere. */
export const hasRole = (me: Me, roles: readonly Role[], depotId: string | null = null): boolean =>
  me.user.grants.some(
    ({ role, depotIds }) =>
      roles.includes(role) && (depotId === null || depotIds.length === 0 || depotIds.includes(depotId)),
  );

/** The roles of somebody, each once. */
export const rolesOf = (me: Me): readonly Role[] => [...new Set(me.user.grants.map(({ role }) => role))];
