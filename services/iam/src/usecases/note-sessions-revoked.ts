import type { UserId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent } from "../model/iam-event.ts";
import type { SessionId } from "../model/session.ts";

export type NoteSessionsRevokedInput = { readonly user: UserId; readonly sessions: readonly SessionId[] };

export type NoteSessionsRevokedNeeds = {
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** Tells that sessions were ended before their time. */
export const noteSessionsRevoked =
  ({ events }: NoteSessionsRevokedNeeds): Command<NoteSessionsRevokedInput, void> =>
  (tx, { user, sessions }) =>
    events.record(
      tx,
      sessions.map((session) => ({ type: "SessionRevoked", user, session })),
    );
