import { createContextKey, type HandlerContext } from "@connectrpc/connect";
import { denied } from "@headway/kernel/domain-error";
import type { Grant, Role } from "@headway/kernel/grant";
import type { DepotId, EmployeeId, UserId } from "@headway/kernel/ids";

export { type Grant, type Role, roles } from "@headway/kernel/grant";

export type Person = {
  readonly kind: "person";
  readonly user: UserId;
  readonly session: string;
  /** Null for people who are not employees. */
  readonly employee: EmployeeId | null;
  readonly grants: readonly Grant[];
};
export type Machine = { readonly kind: "machine"; readonly account: string; readonly grants: readonly Grant[] };
/** Another service of Headway on its own behalf: a consumer or a job. */
type ServiceCaller = { readonly kind: "service"; readonly name: string };
export type Nobody = { readonly kind: "nobody" };
export type Caller = Person | Machine | ServiceCaller | Nobody;

/** Who calls without a token. */
export const nobody: Nobody = { kind: "nobody" };

/** Where the server's interceptor leaves the caller for the doors. */
export const callerKey = createContextKey<Caller>(nobody);

/** Who makes this call, as the inward token proved. */
export const callerOf = (context: HandlerContext): Caller => context.values.get(callerKey);

/** The caller's roles, wherever they hold. */
export const rolesOf = (caller: Caller): readonly Role[] =>
  caller.kind === "person" || caller.kind === "machine" ? caller.grants.map(({ role }) => role) : [];

/** The depots in which the caller holds one of these roles; null means all. A service acts everywhere. */
export const depotsOf = (caller: Caller, wanted: readonly Role[]): readonly DepotId[] | null => {
  if (caller.kind === "service") return null;
  if (caller.kind === "nobody") return [];
  const grants = caller.grants.filter(({ role }) => wanted.includes(role));
  if (grants.some(({ depots }) => depots === null)) return null;
  return [...new Set(grants.flatMap(({ depots }) => depots ?? []))];
};

/** True where the caller holds one of these roles in the depot. */
export const hasInDepot = (caller: Caller, wanted: readonly Role[], depot: DepotId): boolean =>
  depotsOf(caller, wanted)?.includes(depot) ?? true;

/**
 * Refused unless the caller holds one of these roles in the depot: with `caller.other-depot`, or, where they hold none of
 * them anywhere and may call only for what is their own, with `caller.not-yours`.
 */
export const mayInDepot = (caller: Caller, wanted: readonly Role[], depot: DepotId): void => {
  if (hasInDepot(caller, wanted, depot)) return;
  if (rolesOf(caller).some((role) => wanted.includes(role)))
    throw denied("caller.other-depot", `This belongs to a depot in which you are not ${wanted.join(" or ")}.`);
  throw denied("caller.not-yours", `This is somebody else's: only ${wanted.join(" or ")} of the depot may do it.`);
};

/** Refused with `caller.some-depots` unless the caller holds one of these roles in all depots. */
export const mayEverywhere = (caller: Caller, wanted: readonly Role[]): void => {
  if (depotsOf(caller, wanted) !== null)
    throw denied("caller.some-depots", `This concerns all depots; you are ${wanted.join(" or ")} in some only.`);
};

/** The employee behind the caller. Refused with `caller.no-employee` for people and machines that are none. */
export const employeeOf = (caller: Caller): EmployeeId => {
  if (caller.kind !== "person" || caller.employee === null)
    throw denied("caller.no-employee", "Only an employee can do this, signed in with their own account.");
  return caller.employee;
};

/** True where the caller is this very employee. */
export const isSelf = (caller: Caller, employee: EmployeeId): boolean =>
  caller.kind === "person" && caller.employee === employee;

/** How the event log names the caller: ids only. */
export const actorOf = (caller: Caller): string => {
  switch (caller.kind) {
    case "person":
      return `user:${caller.user}`;
    case "machine":
      return `service-account:${caller.account}`;
    case "service":
      return `service:${caller.name}`;
    case "nobody":
      return "nobody";
  }
};
