import { createHash } from "node:crypto";
import type { Client } from "@connectrpc/connect";
import type {
  ResolveKeyResponse,
  ResolveSessionResponse,
  SessionService,
} from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import type { Grant as ProtoGrant, User } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { toInstant } from "@headway/contracts/instant";
import { DomainError } from "@headway/kernel/domain-error";
import type { DepotId, EmployeeId, UserId } from "@headway/kernel/ids";
import type { Grant, Machine, Person } from "@headway/service/caller";
import { under } from "@headway/service/circumstances";
import { toRole } from "@headway/service/roles";

/** A person's open session, as iam knows it. */
export type OpenSession = {
  readonly secret: string;
  readonly id: string;
  readonly endsAt: string;
  readonly caller: Person;
  readonly user: User;
};

const keptMs = 2_000;
const mostKept = 20_000;

type Slot<T> = { readonly found: Promise<T | null>; readonly until: number };

/**
 * Who stands behind a session or a key, as iam says; remembered for two seconds, and forgotten at once when iam tells
 * that something has changed. Null for what stands for nobody, or for nobody any more.
 */
export const identitiesFrom = (iam: Client<typeof SessionService>, now: () => number = Date.now) => {
  const sessions = new Map<string, Slot<OpenSession>>();
  const machines = new Map<string, Slot<Machine>>();

  const remembered = <T>(slots: Map<string, Slot<T>>, secret: string, ask: () => Promise<T>): Promise<T | null> => {
    const name = hashOf(secret);
    const slot = slots.get(name);
    if (slot && slot.until > now()) return slot.found;
    if (slots.size >= mostKept) slots.clear();
    const found = under(self, ask).catch(nobodyWhereRefused);
    slots.set(name, { found, until: now() + keptMs });
    found.catch(() => slots.delete(name));
    return found;
  };

  return {
    session: (secret: string) =>
      remembered(sessions, secret, async () => toOpenSession(secret, await iam.resolveSession({ secret }))),
    machine: (key: string) => remembered(machines, key, async () => toMachine(await iam.resolveKey({ key }))),
    /** What was known of this session or key is known no more. */
    forget(secret: string): void {
      sessions.delete(hashOf(secret));
      machines.delete(hashOf(secret));
    },
    forgetAll(): void {
      sessions.clear();
      machines.clear();
    },
  };
};

export type Identities = ReturnType<typeof identitiesFrom>;

const self = { caller: { kind: "service", name: "gateway" }, deadline: null } as const;

// The secret itself is kept nowhere.
const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

const nobodyWhereRefused = (error: unknown): null => {
  if (error instanceof DomainError && error.kind !== "unavailable") return null;
  throw error;
};

/** The session behind a secret, as iam has just told of it. */
export const toOpenSession = (
  secret: string,
  { sessionId, user, endsAt }: Pick<ResolveSessionResponse, "sessionId" | "user" | "endsAt">,
): OpenSession => {
  if (!user) throw new Error("iam resolved a session to nobody.");
  return {
    secret,
    id: sessionId,
    endsAt: toInstant(endsAt, "endsAt").toString(),
    user,
    caller: {
      kind: "person",
      user: user.id as UserId,
      session: sessionId,
      employee: user.employeeId === "" ? null : (user.employeeId as EmployeeId),
      grants: toGrants(user.grants),
    },
  };
};

const toMachine = ({ serviceAccountId, grants }: ResolveKeyResponse): Machine => ({
  kind: "machine",
  account: serviceAccountId,
  grants: toGrants(grants),
});

const toGrants = (grants: readonly ProtoGrant[]): Grant[] =>
  grants.flatMap(({ role: proto, depotIds }) => {
    const role = toRole(proto);
    return role ? [{ role, depots: depotIds.length === 0 ? null : (depotIds as DepotId[]) }] : [];
  });
