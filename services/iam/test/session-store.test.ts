import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { firstVersion, newId, nextVersion, type UserId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { type Database, openDatabase } from "@headway/postgres/database";
import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "@headway/service/host-service";
import { faultProxy } from "@headway/testkit/fault-proxy";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { iam } from "../src/container.ts";
import { type Session, type SessionId, seen, startSession } from "../src/model/session.ts";
import { postgresSessions } from "../src/outbound/postgres-sessions.ts";
import { redisSessions } from "../src/outbound/redis-sessions.ts";
import type { SessionStore } from "../src/outbound/session-store.ts";

let db: Database;
let drop: () => Promise<void>;
const redis = new Redis(givenServers().redisUrl);
beforeAll(async () => {
  const clone = await templateDatabases(givenServers().postgresUrl)
    .template("iam", (url) => migrate(url, migrationsOf(iam)))
    .clone();
  drop = clone.drop;
  db = openDatabase({ url: clone.url, name: "test", most: 10 });
});
afterAll(async () => {
  await redis.quit();
  await db.close();
  await drop();
});

const limits = { idleMinutes: 60, totalMinutes: 600 };
const now = () => Temporal.Instant.fromEpochMilliseconds(Date.now());
const newUser = () => newId<UserId>();
const begun = (user: UserId, at = now()) => startSession({ id: user, version: nextVersion(firstVersion) }, at, limits);
const newHash = (): Uint8Array => new Uint8Array(randomBytes(32));
const idsOf = (sessions: readonly Session[]): SessionId[] => sessions.map(({ id }) => id);
const plain = (session: Session | null) => session && { ...session, ...texts(session) };
const texts = ({ startedAt, lastSeenAt, endsAt }: Session) => ({
  startedAt: String(startedAt),
  lastSeenAt: String(lastSeenAt),
  endsAt: String(endsAt),
});

describe.each<[string, () => SessionStore]>([
  ["PostgreSQL", () => postgresSessions(db)],
  ["Redis", () => redisSessions(redis)],
])("sessions in %s", (_where, open) => {
  const added = async (store: SessionStore, user: UserId, at = now()) => {
    const [hash, session] = [newHash(), begun(user, at)];
    await store.add(hash, session);
    return { hash, session };
  };

  test("are found by the hash of their secret and by their id, and by nothing else", async () => {
    const store = open();
    const { hash, session } = await added(store, newUser());
    expect(plain(await store.find(hash))).toEqual(plain(session));
    expect(plain(await store.get(session.id))).toEqual(plain(session));
    expect(await store.find(newHash())).toBeNull();
    expect(await store.get(newId<SessionId>())).toBeNull();
  });

  test("are listed for their user, the newest first, and for nobody else", async () => {
    const store = open();
    const [user, other] = [newUser(), newUser()];
    const old = await added(store, user, now().subtract({ minutes: 5 }));
    const young = await added(store, user);
    await added(store, other);
    expect(idsOf(await store.ofUser(user))).toEqual([young.session.id, old.session.id]);
    expect(await store.ofUser(newUser())).toEqual([]);
  });

  test("keep when they were seen, and their new end", async () => {
    const store = open();
    const { hash, session } = await added(store, newUser());
    const used = seen(session, session.startedAt.add({ minutes: 9 }), limits);
    await store.touch(hash, used);
    expect(plain(await store.find(hash))).toEqual(plain(used));
    expect(plain(await store.get(session.id))).toEqual(plain(used));
  });

  test("that are removed are gone, and the user's others stay", async () => {
    const store = open();
    const user = newUser();
    const [first, second, third] = [await added(store, user), await added(store, user), await added(store, user)];
    const both = [first.session.id, third.session.id];
    expect(new Set(await store.remove([...both, newId<SessionId>()]))).toEqual(new Set(both));
    expect(await store.remove(both)).toEqual([]);
    expect(await store.remove([])).toEqual([]);
    expect(await store.find(first.hash)).toBeNull();
    expect(await store.get(third.session.id)).toBeNull();
    expect(idsOf(await store.ofUser(user))).toEqual([second.session.id]);
  });

  test("that are removed never come back, however late a use of them arrives", async () => {
    const store = open();
    const user = newUser();
    for (let round = 0; round < 40; round++) {
      const { hash, session } = await added(store, user);
      const uses = Array.from({ length: 5 }, () => store.touch(hash, seen(session, now(), limits)));
      await Promise.all([...uses, store.remove([session.id])]);
      await store.touch(hash, seen(session, now(), limits));
      expect([await store.find(hash), await store.get(session.id)]).toEqual([null, null]);
    }
    expect(await store.ofUser(user)).toEqual([]);
  });

  test("that two remove at once are gone for one of them only", async () => {
    const store = open();
    const { session } = await added(store, newUser());
    const told = await Promise.all(Array.from({ length: 10 }, () => store.remove([session.id])));
    expect(told.flat()).toEqual([session.id]);
  });

  test("that end soon do not take their user's longer ones off the list, so that all can be revoked", async () => {
    const store = open();
    const user = newUser();
    const long = await added(store, user);
    const at = now();
    const short = begun(user, at);
    await store.add(newHash(), { ...short, endsAt: at.add({ seconds: 1 }) });
    await pause(1500);
    expect(idsOf(await store.ofUser(user))).toContain(long.session.id);
  });
});

test("what ended by itself leaves PostgreSQL with the next login, whoever's it was", async () => {
  const store = postgresSessions(db);
  const gone = newUser();
  const [ended, still] = [newHash(), newHash()];
  await store.add(ended, begun(gone, now().subtract({ minutes: limits.idleMinutes + 1 })));
  await store.add(still, begun(gone, now().subtract({ minutes: limits.idleMinutes - 1 })));
  await store.add(newHash(), begun(newUser()));
  expect(await store.find(ended)).toBeNull();
  expect(await store.find(still)).not.toBeNull();
});

test("a use that is on its way to Redis while its session is removed does not bring it back", async () => {
  const url = new URL(givenServers().redisUrl);
  const proxy = await faultProxy(url.host);
  url.host = `127.0.0.1:${proxy.port}`;
  const far = new Redis(url.href);
  await far.ping();
  const [hash, session] = [newHash(), begun(newUser())];
  const store = redisSessions(redis);
  await store.add(hash, session);
  proxy.delay(60);
  const use = redisSessions(far).touch(hash, seen(session, now(), limits));
  await pause(90);
  await store.remove([session.id]);
  await use;
  expect([await store.find(hash), await store.get(session.id)]).toEqual([null, null]);
  far.disconnect();
  await proxy.close();
});

test("while Redis is away, whoever asks is told to come again", async () => {
  const url = new URL(givenServers().redisUrl);
  const proxy = await faultProxy(url.host);
  url.host = `127.0.0.1:${proxy.port}`;
  const far = new Redis(url.href, { maxRetriesPerRequest: 1, commandTimeout: 1000 });
  far.on("error", () => {});
  await far.ping();
  const store = redisSessions(far);
  const [hash, session] = [newHash(), begun(newUser())];
  await store.add(hash, session);
  proxy.cut();
  await expect(store.find(hash)).rejects.toMatchObject({ kind: "unavailable", slug: "sessions.unavailable" });
  proxy.restore();
  await vi.waitFor(async () => expect((await store.find(hash))?.id).toBe(session.id), 30_000);
  far.disconnect();
  await proxy.close();
});

test("sessions in Redis of earlier releases began before every change to come", async () => {
  const store = redisSessions(redis);
  const [hash, session] = [newHash(), begun(newUser())];
  await store.add(hash, { ...session, userVersion: undefined as never });
  expect(await store.find(hash)).toMatchObject({ id: session.id, userVersion: 0 });
});

test("what ended by itself leaves nothing behind in Redis", async () => {
  const store = redisSessions(redis);
  const user = newUser();
  const at = now();
  const session = begun(user, at);
  await store.add(newHash(), { ...session, endsAt: at.add({ seconds: 1 }) });
  await store.add(newHash(), begun(user, at));
  await pause(1500);
  expect(await store.ofUser(user)).toHaveLength(1);
  expect(await redis.scard(`sessions-of:${user}`)).toBe(1);
});
