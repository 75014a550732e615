import type { ServiceImpl } from "@connectrpc/connect";
import type { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { denied, missing } from "@headway/kernel/domain-error";
import { parseId, type UserId } from "@headway/kernel/ids";
import { type Caller, callerOf, depotsOf } from "@headway/service/caller";
import { hasEnded, type SessionId, seen } from "../model/session.ts";
import type { serviceAccountQueries } from "../outbound/service-account-repository.ts";
import type { SessionStore } from "../outbound/session-store.ts";
import type { userQueries } from "../outbound/user-repository.ts";
import { type EndSessionsNeeds, endSessions } from "./ended-sessions.ts";
import { toGrant } from "./grants.ts";
import { type LogInNeeds, logIn } from "./log-in.ts";
import { hashOf } from "./secrets.ts";
import { toSession } from "./sessions.ts";
import { toUser } from "./users.ts";

export type SessionServiceNeeds = LogInNeeds &
  EndSessionsNeeds & {
    readonly sessions: SessionStore;
    readonly users: Pick<ReturnType<typeof userQueries>, "byName" | "get">;
    readonly accounts: Pick<ReturnType<typeof serviceAccountQueries>, "byKeyHash">;
  };

// A use is noted no more often than this: a busy screen must not write at every call.
const seenEverySeconds = 60;

export const sessionService = (needs: SessionServiceNeeds): ServiceImpl<typeof SessionService> => {
  const { clock, limits, sessions, users, accounts } = needs;
  return {
    logIn: logIn(needs),

    async resolveSession({ secret }) {
      const now = clock.now();
      const session = await sessions.find(hashOf(secret));
      if (!session || hasEnded(session, now)) throw denied("session.ended", "Your session has ended. Sign in again.");
      const user = await users.get(session.user);
      if (user.disabled) throw denied("session.ended", "Your session has ended. Sign in again.");
      const used = seen(session, now, limits);
      if (session.lastSeenAt.until(now).total("seconds") >= seenEverySeconds)
        await sessions.touch(hashOf(secret), used);
      return { sessionId: session.id, user: toUser(user), endsAt: toTimestamp(used.endsAt) };
    },

    async resolveKey({ key }) {
      const account = await accounts.byKeyHash(hashOf(key));
      if (!account) throw denied("key.unknown", "This API key is unknown or revoked.");
      return { serviceAccountId: account.id, grants: account.grants.map(toGrant) };
    },

    async listSessions(_request, context) {
      const now = clock.now();
      const own = await sessions.ofUser(personOf(callerOf(context)));
      return { sessions: own.filter((session) => !hasEnded(session, now)).map(toSession) };
    },

    async revokeSession({ sessionId }, context) {
      const caller = callerOf(context);
      const session = await sessions.get(parseId<SessionId>(sessionId, "sessionId"));
      const own = session && caller.kind === "person" && caller.user === session.user;
      // Another one's session is told of as little as one that is not there.
      if (!session || !(own || depotsOf(caller, ["admin"]) === null))
        throw missing("session.unknown", "There is no such session, or it has ended.");
      await endSessions(needs, session.user, [session.id]);
      return {};
    },
  };
};

const personOf = (caller: Caller): UserId => {
  if (caller.kind !== "person") throw denied("caller.no-person", "Only a person has sessions.");
  return caller.user;
};
