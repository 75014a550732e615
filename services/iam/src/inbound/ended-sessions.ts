import type { UserId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { SessionId } from "../model/session.ts";
import type { SessionStore } from "../outbound/session-store.ts";
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

/** Ends all sessions of a user, but for the one at hand. */
export const endAllSessions = async (
  needs: EndSessionsNeeds,
  user: UserId,
  atHand: string | null = null,
): Promise<void> => {
  const open = await needs.sessions.ofUser(user);
  await endSessions(
    needs,
    user,
    open.map(({ id }) => id).filter((id) => id !== atHand),
  );
};
