import type { UserId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { mustEnd, type SessionId, type SessionsToEnd } from "../model/session.ts";
import type { SessionStore } from "../outbound/session-store.ts";
import type { sessionsToEndRepository } from "../outbound/sessions-to-end-repository.ts";
import type { NoteSessionsRevokedInput } from "../usecases/note-sessions-revoked.ts";

export type EndSessionsNeeds = {
  readonly inTx: Database["inTx"];
  readonly sessions: Pick<SessionStore, "ofUser" | "remove">;
  readonly noteSessionsRevoked: Command<NoteSessionsRevokedInput, void>;
};

/** Ends these sessions of a user before their time. First nobody comes in any more, then it is told: the store may be another server. */
export const endSessions = async (
  { inTx, sessions, noteSessionsRevoked }: EndSessionsNeeds,
  user: UserId,
  ids: readonly SessionId[],
): Promise<void> => {
  const ended = await sessions.remove(ids);
  await inTx((tx) => noteSessionsRevoked(tx, { user, sessions: ended }));
};

export type EndNotedNeeds = EndSessionsNeeds & {
  readonly sessionsToEnd: Pick<typeof sessionsToEndRepository, "name" | "settle">;
};

/** Ends the sessions that a change has noted. Where it is cut off, whoever comes next goes on; several may do so at once. */
export const endNoted = async (
  { inTx, sessions, sessionsToEnd, noteSessionsRevoked }: EndNotedNeeds,
  noted: SessionsToEnd,
): Promise<void> => {
  const open = (await sessions.ofUser(noted.user)).filter((session) => mustEnd(noted, session)).map(({ id }) => id);
  // Else somebody has ended them already, or is about to.
  if (!(await inTx((tx) => sessionsToEnd.name(tx, noted, open)))) return;
  await sessions.remove(open);
  await inTx(async (tx) =>
    noteSessionsRevoked(tx, { user: noted.user, sessions: await sessionsToEnd.settle(tx, noted) }),
  );
};

export type EndAtOnceNeeds = EndNotedNeeds & { readonly onLeftToJob: (error: unknown) => void };

/** Ends them before the caller is answered. Where that fails the change stands all the same, and the job ends them within seconds. */
export const endAtOnce = (needs: EndAtOnceNeeds, noted: SessionsToEnd): Promise<void> =>
  endNoted(needs, noted).catch(needs.onLeftToJob);
