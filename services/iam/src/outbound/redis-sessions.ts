import { unavailable } from "@headway/kernel/domain-error";
import type { UserId, Version } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { ChainableCommander, Redis } from "ioredis";
import type { Session, SessionId } from "../model/session.ts";
import type { SessionStore } from "./session-store.ts";

const bySecret = (secretHash: string) => `session:${secretHash}`;
const byId = (id: SessionId) => `session-id:${id}`;
const byUser = (user: UserId) => `sessions-of:${user}`;

/**
 * Sessions in Redis: for the stack. A session, the way from its id to it, and the list of its user's; all end by themselves.
 * Redis lives by real time, so a session lives there for its idle time from its last use.
 * Refused with `sessions.unavailable` while Redis does not answer.
 */
export const redisSessions = (redis: Redis): SessionStore => {
  const store = storeIn(redis);
  return {
    add: (...given) => store.add(...given).catch(asUnavailable),
    find: (...given) => store.find(...given).catch(asUnavailable),
    touch: (...given) => store.touch(...given).catch(asUnavailable),
    ofUser: (...given) => store.ofUser(...given).catch(asUnavailable),
    get: (...given) => store.get(...given).catch(asUnavailable),
    remove: (...given) => store.remove(...given).catch(asUnavailable),
  };
};

const asUnavailable = (cause: unknown): never => {
  throw unavailable("sessions.unavailable", "Sessions cannot be looked up just now. Try again soon.", {
    retryAfter: 2,
    cause,
  });
};

const storeIn = (redis: Redis): SessionStore => {
  const read = async (secretHash: string): Promise<Session | null> => {
    const text = await redis.get(bySecret(secretHash));
    return text === null ? null : toModel(JSON.parse(text) as SessionRecord);
  };
  const secretOf = (id: SessionId) => redis.get(byId(id));
  const get = async (id: SessionId): Promise<Session | null> => {
    const secret = await secretOf(id);
    return secret === null ? null : read(secret);
  };

  // The list lives as long as the longest of its sessions: NX where it is new, GT where it is not.
  const list = (batch: ChainableCommander, { id, user }: Session, lives: number): ChainableCommander =>
    batch.sadd(byUser(user), id).expire(byUser(user), lives, "NX").expire(byUser(user), lives, "GT");

  return {
    async add(secretHash, session) {
      const lives = secondsOf(session);
      const batch = redis
        .multi()
        .set(bySecret(hex(secretHash)), JSON.stringify(toRecord(session)), "EX", lives)
        .set(byId(session.id), hex(secretHash), "EX", lives);
      await list(batch, session, lives).exec();
    },
    find: (secretHash) => read(hex(secretHash)),
    async touch(secretHash, session) {
      const lives = secondsOf(session);
      // XX: not written where it was removed meanwhile. A revoked session never comes back.
      const batch = redis
        .multi()
        .set(bySecret(hex(secretHash)), JSON.stringify(toRecord(session)), "EX", lives, "XX")
        .set(byId(session.id), hex(secretHash), "EX", lives, "XX");
      await list(batch, session, lives).exec();
    },
    async ofUser(user) {
      const ids = (await redis.smembers(byUser(user))) as SessionId[];
      const found = await Promise.all(ids.map(get));
      const gone = ids.filter((_, index) => found[index] === null);
      if (gone.length > 0) await redis.srem(byUser(user), ...gone);
      return found
        .filter((session) => session !== null)
        .sort((a, b) => Temporal.Instant.compare(b.startedAt, a.startedAt));
    },
    get,
    async remove(ids) {
      const removed: SessionId[] = [];
      for (const id of ids) {
        const secret = await secretOf(id);
        if (secret !== null && (await redis.del(bySecret(secret), byId(id))) > 0) removed.push(id);
      }
      return removed;
    },
  };
};

type SessionRecord = {
  id: SessionId;
  user: UserId;
  /** Sessions of earlier releases do not say it: they began before every change to come. */
  userVersion?: Version;
  startedAt: string;
  lastSeenAt: string;
  endsAt: string;
};

/** Seconds from its last use to its end. */
const secondsOf = ({ lastSeenAt, endsAt }: Session): number =>
  Math.max(1, Math.ceil((endsAt.epochMilliseconds - lastSeenAt.epochMilliseconds) / 1000));

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");

const toRecord = ({ id, user, userVersion, startedAt, lastSeenAt, endsAt }: Session): SessionRecord => ({
  id,
  user,
  userVersion,
  startedAt: startedAt.toString(),
  lastSeenAt: lastSeenAt.toString(),
  endsAt: endsAt.toString(),
});

const toModel = ({ id, user, userVersion, startedAt, lastSeenAt, endsAt }: SessionRecord): Session => ({
  id,
  user,
  userVersion: userVersion ?? (0 as Version),
  startedAt: Temporal.Instant.from(startedAt),
  lastSeenAt: Temporal.Instant.from(lastSeenAt),
  endsAt: Temporal.Instant.from(endsAt),
});
