import type { Instant } from "@headway/kernel/clock";
import { type Id, newId, type UserId } from "@headway/kernel/ids";
import { earlier, isBefore } from "@headway/kernel/time";

export type SessionId = Id<"Session">;

/** Somebody is signed in. The secret that proves it is kept by them alone; here is only its hash. */
export type Session = {
  readonly id: SessionId;
  readonly user: UserId;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly endsAt: Instant;
};

/** How long a session lasts: after its last use, and at the most. */
export type SessionLimits = { readonly idleMinutes: number; readonly totalMinutes: number };

export const startSession = (user: UserId, at: Instant, limits: SessionLimits): Session => ({
  id: newId<SessionId>(),
  user,
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

const endAfter = (startedAt: Instant, at: Instant, { idleMinutes, totalMinutes }: SessionLimits): Instant =>
  earlier(at.add({ minutes: idleMinutes }), startedAt.add({ minutes: totalMinutes }));
