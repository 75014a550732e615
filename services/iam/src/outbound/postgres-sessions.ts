import type { UserId, Version } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import type { Session, SessionId } from "../model/session.ts";
import type { SessionStore } from "./session-store.ts";

const columns = "id, user_id, user_version, started_at, last_seen_at, ends_at";

/** Sessions in iam's own database: for the single process. */
export const postgresSessions = ({ rows }: Database): SessionStore => ({
  async add(secretHash, { id, user, userVersion, startedAt, lastSeenAt, endsAt }) {
    // What has ended goes as others come; some at a time, so that no login waits for many, and none for another one.
    await rows(
      "delete from session where id in (select id from session where ends_at < $1 order by ends_at limit 100 for update skip locked)",
      [startedAt.toString()],
    );
    await rows(
      "insert into session (secret_hash, id, user_id, user_version, started_at, last_seen_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)",
      [Buffer.from(secretHash), id, user, userVersion, startedAt.toString(), lastSeenAt.toString(), endsAt.toString()],
    );
  },
  async find(secretHash) {
    const [record] = await rows<SessionRecord>(`select ${columns} from session where secret_hash = $1`, [
      Buffer.from(secretHash),
    ]);
    return record ? toModel(record) : null;
  },
  async touch(secretHash, { lastSeenAt, endsAt }) {
    await rows("update session set last_seen_at = $2, ends_at = $3 where secret_hash = $1", [
      Buffer.from(secretHash),
      lastSeenAt.toString(),
      endsAt.toString(),
    ]);
  },
  ofUser: async (user) =>
    (
      await rows<SessionRecord>(`select ${columns} from session where user_id = $1 order by started_at desc`, [user])
    ).map(toModel),
  async get(id) {
    const [record] = await rows<SessionRecord>(`select ${columns} from session where id = $1`, [id]);
    return record ? toModel(record) : null;
  },
  remove: async (ids) =>
    (await rows<{ id: SessionId }>("delete from session where id = any($1::uuid[]) returning id", [ids])).map(
      ({ id }) => id,
    ),
});

type SessionRecord = {
  id: SessionId;
  user_id: UserId;
  user_version: Version;
  started_at: string;
  last_seen_at: string;
  ends_at: string;
};

const toModel = ({ id, user_id, user_version, started_at, last_seen_at, ends_at }: SessionRecord): Session => ({
  id,
  user: user_id,
  userVersion: user_version,
  startedAt: instantOf(started_at),
  lastSeenAt: instantOf(last_seen_at),
  endsAt: instantOf(ends_at),
});
