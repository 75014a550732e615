import type { UserId } from "@headway/kernel/ids";
import type { Session, SessionId } from "../model/session.ts";

/** Where sessions are kept: by the hash of their secret. Two adapters under one contract test: PostgreSQL and Redis. */
export type SessionStore = {
  readonly add: (secretHash: Uint8Array, session: Session) => Promise<void>;
  readonly find: (secretHash: Uint8Array) => Promise<Session | null>;
  /** Keeps when a session was seen and when it ends. */
  readonly touch: (secretHash: Uint8Array, session: Session) => Promise<void>;
  readonly ofUser: (user: UserId) => Promise<readonly Session[]>;
  readonly get: (id: SessionId) => Promise<Session | null>;
  /** Answers those that were there: of two who remove the same one, only one hears of it. */
  readonly remove: (ids: readonly SessionId[]) => Promise<readonly SessionId[]>;
};
