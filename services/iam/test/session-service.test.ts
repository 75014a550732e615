import { Role } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { hrTopic } from "@headway/contracts/topics";
import { newId } from "@headway/kernel/ids";
import { afterEach, beforeEach, expect, test } from "vitest";
import { givenUsers, grant, password, type Users } from "./given-users.ts";

let given: Users;
beforeEach(async () => {
  given = await givenUsers({ tries: 3, totalMinutes: 36 * 60, at: "2026-03-28T20:00:00Z" });
});
afterEach(() => given.service.close());

test("who knows the password gets a session that says who they are", async () => {
  const { id } = await given.created("amira");
  const { secret, session } = await given.logIn("AMIRA");
  expect(await given.resolve(secret)).toMatchObject({
    sessionId: session?.id,
    user: { id, userName: "amira", grants: [{ role: Role.PLANNER }] },
  });
});

test("a name opens the door however it is composed and spaced", async () => {
  await given.created("José  Nuñez");
  await expect(given.logIn(" jose\u0301 nun\u0303ez")).resolves.toMatchObject({ user: { userName: "José Nuñez" } });
});

test.each([
  ["a wrong password", "amira", "wrong horse battery staple"],
  ["an unknown user", "nobody", password],
  ["a password that differs after byte 72 only", "cyrillic", `${"пароль".repeat(12)}2`],
])("%s is refused with the same words", async (_what, userName, secret) => {
  await given.created("amira");
  await given.created("cyrillic", `${"пароль".repeat(12)}1`);
  await expect(given.logIn(userName, secret)).rejects.toMatchObject({ kind: "denied", slug: "login.wrong" });
});

test("guessing is slowed down", async () => {
  await given.created("amira");
  for (let tries = 0; tries < 3; tries++)
    await expect(given.logIn("amira", `guess ${tries}`)).rejects.toMatchObject({ slug: "login.wrong" });
  await expect(given.logIn("amira", password)).rejects.toMatchObject({
    slug: "login.throttled",
    retryAfter: expect.any(Number) as number,
  });
});

test("a stranger's guesses keep nobody out who comes from elsewhere, and a depot signs in behind one address", async () => {
  await given.created("amira");
  for (let tries = 0; tries < 8; tries++)
    await expect(given.logIn("amira", `guess ${tries}`, "10.6.6.6")).rejects.toMatchObject({
      slug: expect.stringMatching(/^login\./) as string,
    });
  for (let times = 0; times < 20; times++)
    await expect(given.logIn("amira", password, "10.0.0.2")).resolves.toMatchObject({ user: { userName: "amira" } });
});

test("a session ends 12 hours after its last use, elapsed hours also in the night when the clocks change", async () => {
  await given.created("amira");
  const { secret } = await given.logIn("amira");
  await given.service.setClock("2026-03-29T07:59:59Z");
  await given.resolve(secret);
  await given.service.setClock("2026-03-29T20:00:00Z");
  await expect(given.resolve(secret)).rejects.toMatchObject({ slug: "session.ended" });
});

test("a session that is used all the time ends at its absolute end", async () => {
  await given.created("amira");
  const { secret } = await given.logIn("amira");
  for (const at of ["2026-03-29T07:00:00Z", "2026-03-29T18:00:00Z", "2026-03-30T05:00:00Z", "2026-03-30T07:59:59Z"]) {
    await given.service.setClock(at);
    await given.resolve(secret);
  }
  await given.service.setClock("2026-03-30T08:00:00Z");
  await expect(given.resolve(secret)).rejects.toMatchObject({ slug: "session.ended" });
});

test("a disabled user's sessions are worth nothing at once", async () => {
  const { id } = await given.created("amira");
  const { secret, session } = await given.logIn("amira");
  await given.users.disableUser({ userId: id, expectedVersion: 1 });
  await expect(given.resolve(secret)).rejects.toMatchObject({ slug: "session.ended" });
  await expect(given.logIn("amira")).rejects.toMatchObject({ slug: "login.wrong" });
  expect(await given.told(id)).toEqual(["UserCreated", "RoleGranted", "UserDisabled"]);
  expect(await given.told(session?.id ?? "")).toEqual(["SessionRevoked"]);
});

test("one ends one's own sessions, and nobody else's", async () => {
  const amira = await given.created("amira");
  const boris = await given.created("boris");
  const sessionId = (await given.logIn("amira")).session?.id ?? "";
  const { session: other } = await given.logIn("boris");
  const as = (user: string) => given.service.as(given.self(user), SessionService);
  await expect(as(boris.id).revokeSession({ sessionId })).rejects.toMatchObject({ slug: "session.unknown" });
  await as(amira.id).revokeSession({ sessionId });
  await expect(as(amira.id).listSessions({})).resolves.toMatchObject({ sessions: [] });
  await expect(as(boris.id).listSessions({})).resolves.toMatchObject({ sessions: [{ id: other?.id }] });
});

test("a session that two end at once is told of once", async () => {
  const { id } = await given.created("amira");
  const sessionId = (await given.logIn("amira")).session?.id ?? "";
  const self = given.service.as(given.self(id), SessionService);
  await Promise.allSettled(Array.from({ length: 8 }, () => self.revokeSession({ sessionId })));
  expect(await given.told(sessionId)).toEqual(["SessionRevoked"]);
});

test("an API key is shown once, works, and is revoked once", async () => {
  const { key, serviceAccountId } = await given.users.createServiceAccount({
    name: "payroll",
    grants: [grant(Role.PAYROLL)],
  });
  expect(await given.resolveKey(key)).toMatchObject({
    serviceAccountId,
    grants: [{ role: Role.PAYROLL, depotIds: [] }],
  });
  await given.users.revokeServiceAccount({ serviceAccountId });
  await expect(given.resolveKey(key)).rejects.toMatchObject({ slug: "key.unknown" });
  await expect(given.users.revokeServiceAccount({ serviceAccountId })).rejects.toMatchObject({
    slug: "service-account.unknown",
  });
  expect(await given.told(serviceAccountId)).toEqual(["ServiceAccountCreated", "ServiceAccountRevoked"]);
});

test("a hired employee has a user, and has neither it nor its sessions after the last day", async () => {
  const employee = newId();
  await given.service.hear(
    hrTopic,
    "EmployeeHired",
    { employeeId: employee, number: "4711", depotId: newId(), hiredOn: "2026-01-01" },
    { aggregate: employee },
  );
  await given.service.hear(
    hrTopic,
    "EmployeeTerminated",
    { employeeId: employee, lastDay: "2026-03-29" },
    { aggregate: employee, version: 2 },
  );
  const hired = async () => (await given.users.listUsers({})).users.find(({ employeeId }) => employeeId === employee);
  await given.users.setPassword({ userId: (await hired())?.id ?? "", expectedVersion: 1, password });
  await given.service.setClock("2026-03-30T11:00:00Z");
  expect(await hired()).toMatchObject({ userName: "4711", disabled: false });
  const { secret, session } = await given.logIn("4711");
  await given.service.setClock("2026-03-30T12:00:01Z");
  expect(await hired()).toMatchObject({ disabled: true });
  await expect(given.resolve(secret)).rejects.toMatchObject({ slug: "session.ended" });
  expect(await given.told(session?.id ?? "")).toEqual(["SessionRevoked"]);
});
