import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { hrTopic } from "@headway/contracts/topics";
import { unavailable } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SessionStore } from "../src/outbound/session-store.ts";
import { givenUsers, password, type Users } from "./given-users.ts";

const newPassword = "another horse battery staple";

/** Where the store of sessions is cut off: before it is asked, before it has ended any, or right after, before that is told. */
type Cut = "asked" | "ended" | "told";

let given: Users;
let cut: Cut | null;
/** What happens between the proof of a password and the session. */
let meanwhile: () => Promise<unknown>;
beforeEach(async () => {
  cut = null;
  meanwhile = async () => {};
  given = await givenUsers({ storeFrom });
});
afterEach(() => given.service.close());

const storeFrom = (usual: SessionStore): SessionStore => {
  const cutOff = (at: Cut): void => {
    if (cut === at) throw unavailable("sessions.unavailable", "The store is away.");
  };
  return {
    ...usual,
    async add(secretHash, session) {
      await meanwhile();
      await usual.add(secretHash, session);
    },
    async ofUser(user) {
      cutOff("asked");
      return usual.ofUser(user);
    },
    async remove(ids) {
      cutOff("ended");
      const removed = await usual.remove(ids);
      cutOff("told");
      return removed;
    },
  };
};

const runJob = async (name: string): Promise<void> => {
  const job = given.service.hosted.parts.jobs.find((one) => one.name === name);
  if (!job) throw new Error(`There is no job ${name}.`);
  await job.run(given.service.hosted.ground.clock.now(), new AbortController().signal);
};
const endLeft = () => runJob("end-sessions");
const notes = () => given.service.db.rows("select user_id from sessions_to_end");
const isOpen = ({ secret }: { secret: string }) =>
  given.resolve(secret).then(
    () => true,
    () => false,
  );

/** Somebody who is signed in here and elsewhere, and what may happen to them. */
const signedInTwice = async () => {
  const { id, userName } = await given.created();
  const [here, elsewhere] = [await given.logIn(userName), await given.logIn(userName)];
  const self = given.service.as(given.self(id, here.session?.id ?? ""), UserService);
  return {
    userName,
    here,
    elsewhere,
    told: async () => [await given.told(here.session?.id ?? ""), await given.told(elsewhere.session?.id ?? "")],
    change: () => self.changePassword({ oldPassword: password, newPassword }),
    set: () => given.users.setPassword({ userId: id, expectedVersion: 1, password: newPassword }),
    disable: () => given.users.disableUser({ userId: id, expectedVersion: 1 }),
  };
};

test.each(["set", "disable"] as const)(
  "who is logging in just then is not in by the old password: %s",
  async (what) => {
    const { userName, [what]: act } = await signedInTwice();
    let sessions = 0;
    meanwhile = async () => {
      await act();
      sessions = (await given.service.db.rows("select 1 from session")).length;
    };
    await expect(given.logIn(userName)).rejects.toMatchObject({ slug: "login.wrong" });
    expect(await given.service.db.rows("select 1 from session")).toHaveLength(sessions);
  },
);

describe.each<Cut>(["asked", "ended", "told"])("where the store is cut off before it is %s", (at) => {
  test("one's own change holds, the other session ends later, and the one at hand goes on", async () => {
    const { here, elsewhere, told, change } = await signedInTwice();
    cut = at;
    await change();
    expect(await told()).toEqual([[], []]);
    cut = null;
    await endLeft();
    expect([await isOpen(here), await isOpen(elsewhere)]).toEqual([true, false]);
    expect(await told()).toEqual([[], ["SessionRevoked"]]);
    expect(await notes()).toEqual([]);
  });

  test.each(["set", "disable"] as const)("to %s holds, and all sessions end later", async (what) => {
    const { here, elsewhere, told, [what]: act } = await signedInTwice();
    cut = at;
    await act();
    cut = null;
    await endLeft();
    expect([await isOpen(here), await isOpen(elsewhere)]).toEqual([false, false]);
    expect(await told()).toEqual([["SessionRevoked"], ["SessionRevoked"]]);
    expect(await notes()).toEqual([]);
  });

  test("the sessions of who has left end later", async () => {
    const employee = newId();
    const about = { aggregate: employee };
    const hired = { employeeId: employee, number: "4711", depotId: newId(), hiredOn: "2026-01-01" };
    await given.service.hear(hrTopic, "EmployeeHired", hired, about);
    const left = { employeeId: employee, lastDay: "2026-11-20" };
    await given.service.hear(hrTopic, "EmployeeTerminated", left, { ...about, version: 2 });
    const [user] = (await given.users.listUsers({})).users;
    await given.users.setPassword({ userId: user?.id ?? "", expectedVersion: 1, password });
    const { session } = await given.logIn("4711");
    cut = at;
    await expect(given.service.setClock("2026-11-21T12:00:01Z")).rejects.toMatchObject({
      slug: "sessions.unavailable",
    });
    cut = null;
    await endLeft();
    expect(await given.told(session?.id ?? "")).toEqual(["SessionRevoked"]);
    expect(await notes()).toEqual([]);
  });
});

test("a job that comes late spares who came in with the new password", async () => {
  const { userName, here, elsewhere, set } = await signedInTwice();
  cut = "ended";
  await set();
  const anew = await given.logIn(userName, newPassword);
  cut = null;
  await endLeft();
  expect([await isOpen(here), await isOpen(elsewhere), await isOpen(anew)]).toEqual([false, false, true]);
  expect(await given.told(anew.session?.id ?? "")).toEqual([]);
});

test("what one change has left, the next one ends", async () => {
  const { here, elsewhere, told, change, disable } = await signedInTwice();
  cut = "told";
  await change();
  cut = null;
  await expect(disable()).rejects.toMatchObject({ slug: "user.changed" });
  await given.users.disableUser({ userId: here.user?.id ?? "", expectedVersion: 2 });
  expect([await isOpen(here), await isOpen(elsewhere)]).toEqual([false, false]);
  expect(await told()).toEqual([["SessionRevoked"], ["SessionRevoked"]]);
  expect(await notes()).toEqual([]);
});

test("several processes that come at once tell of each session once", async () => {
  const { told, set } = await signedInTwice();
  cut = "ended";
  await set();
  cut = null;
  await Promise.all(Array.from({ length: 8 }, endLeft));
  expect(await told()).toEqual([["SessionRevoked"], ["SessionRevoked"]]);
});

test("where nothing is cut off, no note is left behind", async () => {
  const { set } = await signedInTwice();
  await set();
  expect(await notes()).toEqual([]);
});
