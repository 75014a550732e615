import type { DepotId } from "./ids.ts";

/** What a person or a machine may do. */
export const roles = ["driver", "dispatcher", "planner", "hr", "payroll", "auditor", "admin"] as const;
export type Role = (typeof roles)[number];

/** A role in some depots; null means all. */
export type Grant = { readonly role: Role; readonly depots: readonly DepotId[] | null };
