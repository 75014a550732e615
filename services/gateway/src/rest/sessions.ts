import type { Session as ProtoSession } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import type { paths as IntegrationPaths } from "@headway/contracts/gen/openapi/integration";
import type { paths as MobilePaths } from "@headway/contracts/gen/openapi/mobile";
import { DomainError } from "@headway/kernel/domain-error";
import { under } from "@headway/service/circumstances";
import { done, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { sessionCookie } from "../inbound/credentials.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { EdgeRefusal } from "../inbound/refusal.ts";
import type { Calls } from "../outbound/calls.ts";
import { type OpenSession, toOpenSession } from "../outbound/identities.ts";
import { toDepot } from "./depots.ts";
import { toEmployeeSummary } from "./employees.ts";
import { toUser } from "./users.ts";
import { isoOf, present } from "./wire.ts";

type Schemas = components["schemas"];

/** The console: its session is a cookie. */
export const consoleSessions = handlersOf<paths, Context>()({
  "POST /session": async ({ body, ...context }) => {
    const { session, me } = await logIn(body, context);
    const cookie = sessionCookie(session.secret, context.client.secure);
    return ok(me, { headers: { "set-cookie": cookie } });
  },
  "GET /session": async ({ session, calls }) => ok(await toMe(present(session ?? undefined), calls)),
  "DELETE /session": async (context) => {
    await endOwn(context);
    return done({ "set-cookie": sessionCookie("", context.client.secure) });
  },
  "POST /session/password": async ({ body, calls }) => {
    await calls.users.changePassword(body);
    return done();
  },
  "GET /sessions": async (context) => ok({ items: await ownSessions(context) }),
  "DELETE /sessions/{sessionId}": async ({ path, calls }) => {
    await calls.sessions.revokeSession(path);
    return done();
  },
});

/** The app: its session is a bearer token. */
export const mobileSessions = handlersOf<MobilePaths, Context>()({
  "POST /session": async ({ body, ...context }) => {
    const { session, me } = await logIn(body, context);
    return ok({ token: session.secret, me });
  },
  "DELETE /session": async (context) => {
    await endOwn(context);
    return done();
  },
  "GET /me": async ({ session, calls }) => ok(await toMe(present(session ?? undefined), calls)),
  "POST /me/password": async ({ body, calls }) => {
    await calls.users.changePassword(body);
    return done();
  },
  "GET /me/sessions": async (context) => ok({ items: await ownSessions(context) }),
  "DELETE /me/sessions/{sessionId}": async ({ path, calls }) => {
    await calls.sessions.revokeSession(path);
    return done();
  },
});

export const account = handlersOf<IntegrationPaths, Context>()({
  "GET /account": async ({ caller }) => {
    if (caller.kind !== "machine") throw new Error("Only a service account has a key.");
    const grants = caller.grants.map(({ role, depots }) => ({ role, depotIds: [...(depots ?? [])] }));
    return ok({ serviceAccountId: caller.account, grants });
  },
});

/** Who comes in, and what they may see. Refused with `login.wrong` (401), `login.throttled` or `login.busy` (503). */
const logIn = async (said: Schemas["LogIn"], { calls, client }: Pick<Context, "calls" | "client">) => {
  const session = await openSession(said, { calls, client });
  const own = <T>(work: () => Promise<T>): Promise<T> => under({ caller: session.caller, deadline: null }, work);
  try {
    return { session, me: await own(() => toMe(session, calls)) };
  } catch (error) {
    // Whoever is refused has no session: nobody would know its secret.
    await own(() => calls.sessions.revokeSession({ sessionId: session.id })).catch(() => {});
    throw error;
  }
};

const openSession = async (
  { userName, password }: Schemas["LogIn"],
  { calls, client }: Pick<Context, "calls" | "client">,
): Promise<OpenSession> => {
  const { secret, session, user } = await calls.sessions
    .logIn({ userName, password, address: client.address })
    .catch((error: unknown) => {
      // Wrong here means unknown: a 403 would say that somebody is known and may not.
      if (error instanceof DomainError && error.kind === "denied")
        throw new EdgeRefusal(401, error.slug, error.message);
      throw error;
    });
  const { id: sessionId, endsAt } = present(session);
  return toOpenSession(secret, { sessionId, user, endsAt });
};

const toMe = async ({ id, endsAt, user, caller }: OpenSession, calls: Calls): Promise<Schemas["Me"]> => {
  const [{ depots }, employee] = await Promise.all([
    calls.depots.listDepots({}),
    caller.employee === null ? null : calls.employees.getEmployee({ employeeId: caller.employee }),
  ]);
  const person = employee?.employee ? toEmployeeSummary(employee.employee) : null;
  return {
    user: toUser(user),
    sessionId: id,
    endsAt,
    name: person ? `${person.givenName} ${person.familyName}` : user.userName,
    depots: depots.map(toDepot),
    employee: person,
  };
};

const endOwn = async ({ session, calls, identities }: Pick<Context, "session" | "calls" | "identities">) => {
  const { id, secret } = present(session ?? undefined);
  await calls.sessions.revokeSession({ sessionId: id });
  identities.forget(secret);
};

const ownSessions = async ({ session, calls }: Pick<Context, "session" | "calls">): Promise<Schemas["Session"][]> =>
  (await calls.sessions.listSessions({})).sessions.map((other) => toSession(other, other.id === session?.id));

const toSession = ({ id, startedAt, lastSeenAt, endsAt }: ProtoSession, current: boolean): Schemas["Session"] => ({
  id,
  startedAt: isoOf(present(startedAt)),
  lastSeenAt: isoOf(present(lastSeenAt)),
  endsAt: isoOf(present(endsAt)),
  current,
});
