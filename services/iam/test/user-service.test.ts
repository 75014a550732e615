import { Role } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { hrTopic } from "@headway/contracts/topics";
import { type DepotId, newId } from "@headway/kernel/ids";
import type { Caller } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admin, givenUsers, grant, password, type Users } from "./given-users.ts";

let given: Users;
beforeAll(async () => {
  given = await givenUsers();
});
afterAll(() => given.service.close());

const usersFor = (caller: Caller) => given.service.as(caller, UserService);

test("a name is taken once, whatever its case, its composition and its spaces", async () => {
  await given.created("Zoë van Dam");
  for (const userName of ["ZOË VAN DAM", "Zoe\u0308 van Dam", " Zoë\u00a0 van Dam"])
    await expect(given.users.createUser({ userName, password })).rejects.toMatchObject({
      kind: "conflict",
      slug: "user.name-taken",
    });
});

test.each([
  ["that turns the direction of writing", "amira\u202enimda"],
  ["with an isolate", "\u2066amira\u2069"],
  ["with a character that nobody sees", "am\u200bira"],
  ["with a control character", "am\u0007ira"],
])("a name %s is refused, a person's as well as a machine's", async (_what, name) => {
  const refusal = { kind: "invalid", slug: "field.hidden-character" };
  await expect(given.users.createUser({ userName: name, password })).rejects.toMatchObject(refusal);
  await expect(given.users.createServiceAccount({ name, grants: [] })).rejects.toMatchObject(refusal);
});

test.each(["short", "x".repeat(129)])(
  "a password of the wrong length is refused, and nobody is made",
  async (secret) => {
    const before = (await given.users.listUsers({ page: { size: 500 } })).users.length;
    await expect(given.users.createUser({ userName: given.newName(), password: secret })).rejects.toMatchObject({
      slug: "password.length",
    });
    expect((await given.users.listUsers({ page: { size: 500 } })).users).toHaveLength(before);
  },
);

test("a role gets other depots, and is taken", async () => {
  const { id } = await given.created();
  await given.users.grantRole({ userId: id, expectedVersion: 1, grant: grant(Role.PLANNER, newId()) });
  const { user } = await given.users.revokeRole({ userId: id, expectedVersion: 2, role: Role.PLANNER });
  expect(user).toMatchObject({ grants: [], version: 3 });
  await expect(given.users.revokeRole({ userId: id, expectedVersion: 3, role: Role.PLANNER })).rejects.toMatchObject({
    slug: "user.no-such-role",
  });
  expect(await given.told(id)).toEqual(["UserCreated", "RoleGranted", "RoleGranted", "RoleRevoked"]);
});

describe.each([
  ["an administrator of one depot", [grant(Role.ADMIN, newId())], "grant.admin-of-some-depots"],
  ["a role twice", [grant(Role.HR, newId()), grant(Role.HR, newId())], "grant.role-twice"],
  ["no role", [grant(Role.UNSPECIFIED)], "role.unknown"],
])("%s is refused", (_what, grants, slug) => {
  test("to a new user", async () => {
    await expect(given.users.createUser({ userName: given.newName(), grants })).rejects.toMatchObject({ slug });
  });
  test("to a machine", async () => {
    await expect(given.users.createServiceAccount({ name: given.newName(), grants })).rejects.toMatchObject({ slug });
  });
});

test("a user is made an administrator of all depots, or not at all", async () => {
  const { id } = await given.created();
  const make = (...depots: string[]) =>
    given.users.grantRole({ userId: id, expectedVersion: 1, grant: grant(Role.ADMIN, ...depots) });
  await expect(make(newId())).rejects.toMatchObject({ kind: "invalid", slug: "grant.admin-of-some-depots" });
  await expect(make()).resolves.toMatchObject({ user: { version: 2 } });
});

test("two administrators at once: one wins, the other is stale", async () => {
  const { id } = await given.created();
  const make = (role: Role) => given.users.grantRole({ userId: id, expectedVersion: 1, grant: grant(role) });
  const outcomes = await Promise.allSettled([make(Role.HR), make(Role.PAYROLL)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
    kind: "stale",
    slug: "user.changed",
  });
});

test("another password ends all sessions; the own change keeps the one at hand", async () => {
  const { id, userName } = await given.created();
  const [here, elsewhere] = [await given.logIn(userName), await given.logIn(userName)];
  const self = usersFor(given.self(id, here.session?.id ?? ""));
  await self.changePassword({ oldPassword: password, newPassword: "another horse battery staple" });
  await expect(given.resolve(here.secret)).resolves.toMatchObject({ sessionId: here.session?.id });
  await expect(given.resolve(elsewhere.secret)).rejects.toMatchObject({ slug: "session.ended" });
  await given.users.setPassword({ userId: id, expectedVersion: 2, password: "a third horse battery staple" });
  await expect(given.resolve(here.secret)).rejects.toMatchObject({ slug: "session.ended" });
  await expect(given.logIn(userName, "a third horse battery staple")).resolves.toMatchObject({ user: { id } });
});

test("the old password must fit", async () => {
  const { id } = await given.created();
  await expect(
    usersFor(given.self(id)).changePassword({ oldPassword: "not this one", newPassword: password }),
  ).rejects.toMatchObject({ kind: "denied", slug: "password.wrong" });
});

describe("an employee who moves", () => {
  const [north, south, west] = [newId(), newId(), newId()];
  const hired = async () => {
    const employee = newId();
    const said = { employeeId: employee, number: given.newName(), depotId: north, hiredOn: "2026-01-01" };
    await given.service.hear(hrTopic, "EmployeeHired", said, { aggregate: employee });
    let version = 1;
    const user = async () => {
      const { users } = await given.users.listUsers({ page: { size: 500 } });
      const found = users.find(({ employeeId }) => employeeId === employee);
      if (!found) throw new Error("nobody was hired");
      return found;
    };
    return {
      userId: (await user()).id,
      grants: async () => (await user()).grants.map(({ role, depotIds }) => [role, depotIds]),
      move: (fromDepotId: string, depotId: string) =>
        given.service.hear(
          hrTopic,
          "EmployeeMoved",
          { employeeId: employee, fromDepotId, depotId },
          { aggregate: employee, version: ++version },
        ),
    };
  };

  test("is a driver there from now on, and holds other roles where they held them", async () => {
    const { userId, grants, move } = await hired();
    await given.users.grantRole({ userId, expectedVersion: 1, grant: grant(Role.PLANNER, north) });
    await move(north, south);
    await move(south, west);
    expect(await grants()).toEqual([
      [Role.DRIVER, [west]],
      [Role.PLANNER, [north]],
    ]);
    expect(await given.told(userId)).toEqual([
      "UserCreated",
      "RoleGranted",
      "RoleGranted",
      "RoleGranted",
      "RoleGranted",
    ]);
  });

  test("keeps a driver's role that an administrator gave in other depots", async () => {
    const { userId, grants, move } = await hired();
    await given.users.grantRole({ userId, expectedVersion: 1, grant: grant(Role.DRIVER, north, west) });
    await move(north, south);
    expect(await grants()).toEqual([[Role.DRIVER, [north, west]]]);
    await given.users.grantRole({ userId, expectedVersion: 2, grant: grant(Role.DRIVER) });
    await move(south, north);
    expect(await grants()).toEqual([[Role.DRIVER, []]]);
  });

  test("gets no role back that was taken, and none once disabled", async () => {
    const { userId, grants, move } = await hired();
    await given.users.revokeRole({ userId, expectedVersion: 1, role: Role.DRIVER });
    await move(north, south);
    expect(await grants()).toEqual([]);
    await given.users.grantRole({ userId, expectedVersion: 2, grant: grant(Role.DRIVER, south) });
    await given.users.disableUser({ userId, expectedVersion: 3 });
    await move(south, north);
    expect(await grants()).toEqual([[Role.DRIVER, [south]]]);
    expect(await given.told(userId)).toEqual([
      "UserCreated",
      "RoleGranted",
      "RoleRevoked",
      "RoleGranted",
      "UserDisabled",
    ]);
  });
});

test("an administrator of one depot, wherever they come from, makes nobody", async () => {
  const local = usersFor({ ...admin, grants: [{ role: "admin", depots: [newId<DepotId>()] }] });
  await expect(local.createUser({ userName: "mallory", password })).rejects.toMatchObject({
    slug: "caller.some-depots",
  });
  await expect(local.createServiceAccount({ name: "mallory" })).rejects.toMatchObject({ slug: "caller.some-depots" });
});

test("users are listed by pages, each once", async () => {
  for (let more = 0; more < 5; more++) await given.created();
  const seen: string[] = [];
  let cursor = "";
  do {
    const { users, page } = await given.users.listUsers({ page: { size: 3, cursor } });
    expect(users.length).toBeLessThanOrEqual(3);
    seen.push(...users.map(({ id }) => id));
    cursor = page?.next ?? "";
  } while (cursor !== "");
  expect(new Set(seen).size).toBe(seen.length);
  expect((await given.users.listUsers({ page: { size: 500 } })).users).toHaveLength(seen.length);
});
