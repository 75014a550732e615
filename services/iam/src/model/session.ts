import type { Instant } from "@headway/kernel/clock";
import { type Id, newId, type UserId, type Version } from "@headway/kernel/ids";
import { earlier, isBefore } from "@headway/kernel/time";
import type { User } from "./user.ts";

export type SessionId = Id<"Session">;

/** Somebody is signed in. The secret that proves it is kept by them alone; here is only its hash. */
export type Session = {
  readonly id: SessionId;
  readonly user: UserId;
  /** The version of the user whose password opened it. */
  readonly userVersion: Version;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly endsAt: Instant;
};

/** How long a session lasts: after its last use, and at the most. */
export type SessionLimits = { readonly idleMinutes: number; readonly totalMinutes: number };

export const startSession = (
  { id: user, version: userVersion }: Pick<User, "id" | "version">,
  at: Instant,
  limits: SessionLimits,
): Session => ({
  id: newId<SessionId>(),
  user,
  userVersion,
  startedAt: at,
  lastSeenAt: at,
  endsAt: endAfter(at, at, limits),
});

export const hasEnded = ({ endsAt }: Session, at: Instant): boolean => !isBefore(at, endsAt);

/** The session after a use: its sliding end moves on, up to the absolute one. */
export const seen = (session: Session, at: Instant, limits: SessionLimits): Session => ({
  ...session,
  lastSeenAt: at,
  endsAt: endAfter(session.startedAt, at, limits),
});

/** A user's sessions that end because the user has changed. */
export type SessionsToEnd = {
  readonly user: UserId;
  /** The version that the change made: who came in later is not meant, whatever the clocks say. */
  readonly before: Version;
  /** The session at hand, which goes on; null where none does. */
  readonly spared: string | null;
};

/** All sessions of a user as it was before its last change, but for the spared one. */
export const sessionsBefore = (
  { id: user, version: before }: Pick<User, "id" | "version">,
  spared: string | null = null,
): SessionsToEnd => ({ user, before, spared });

export const mustEnd = ({ before, spared }: SessionsToEnd, { id, userVersion }: Session): boolean =>
  userVersion < before && id !== spared;

const endAfter = (startedAt: Instant, at: Instant, { idleMinutes, totalMinutes }: SessionLimits): Instant =>
  earlier(at.add({ minutes: idleMinutes }), startedAt.add({ minutes: totalMinutes }));
