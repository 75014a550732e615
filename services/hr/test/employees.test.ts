import { fromBinary } from "@bufbuild/protobuf";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { EmployeeMovedSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { type DepotId, newId } from "@headway/kernel/ids";
import { type Caller, type Role, roles } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { givenPeople, type People, person, terms } from "./given-people.ts";

let given: People;
let south: DepotId;
beforeAll(async () => {
  given = await givenPeople();
  south = await given.openDepot("SOUTH");
});
afterAll(() => given.service.close());

test("a hired person is told of with terms and qualifications, without name and rate", async () => {
  const { id } = await given.hire();
  expect(await given.told(id)).toEqual(["EmployeeHired", "ContractChanged", "QualificationGranted"]);
  const payloads = (await given.service.recorded()).map(({ payload }) => Buffer.from(payload).toString("latin1"));
  expect(payloads.join()).not.toContain("Vries");
});

test("a number is taken once, however it is written", async () => {
  const said = { ...given.newcomer(), number: "Ü 7" };
  await given.people.hireEmployee(said);
  await expect(given.people.hireEmployee({ ...said, number: "U\u0308\u00a0 7" })).rejects.toMatchObject({
    kind: "conflict",
    slug: "employee.number-taken",
  });
});

test("each order about a person is told under the version that it made", async () => {
  const { id: employeeId } = await given.hire();
  await given.people.moveEmployee({ employeeId, expectedVersion: 1, depotId: south });
  await given.people.changeContract({ employeeId, expectedVersion: 2, contract: terms("2026-06-01") });
  const qualification = { code: "L2", validFrom: "2026-06-01", validUntil: "" };
  await given.people.grantQualification({ employeeId, expectedVersion: 3, qualification });
  const { employee } = await given.people.terminateEmployee({ employeeId, expectedVersion: 4, lastDay: "2026-12-31" });
  expect(employee).toMatchObject({ version: 5, depotId: south, lastDay: "2026-12-31" });
  expect((await given.told(employeeId)).slice(3)).toEqual([
    "EmployeeMoved",
    "ContractChanged",
    "QualificationGranted",
    "EmployeeTerminated",
  ]);
});

test("two who change the same person at once: one wins, the other is stale", async () => {
  const { id: employeeId } = await given.hire();
  const change = (hourlyRateMinor: bigint) =>
    given.people.changeContract({
      employeeId,
      expectedVersion: 1,
      contract: { ...terms("2026-06-01"), hourlyRateMinor },
    });
  const outcomes = await Promise.allSettled([change(3300n), change(3400n)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({
    kind: "stale",
    slug: "employee.changed",
  });
  const { employee } = await given.people.getEmployee({ employeeId });
  expect(employee?.contracts).toHaveLength(2);
});

test("terms that were agreed are never overwritten", async () => {
  const { id: employeeId } = await given.hire();
  await expect(
    given.people.changeContract({ employeeId, expectedVersion: 1, contract: terms("2026-01-01") }),
  ).rejects.toMatchObject({ slug: "contract.not-after-last" });
});

test("another depot's people are not to be changed, and not to be seen", async () => {
  const { id: employeeId } = await given.hire(south);
  const northern = person("hr", { depots: [given.north] });
  const people = given.service.as(northern, EmployeeService);
  await expect(people.getEmployee({ employeeId })).rejects.toMatchObject({
    kind: "denied",
    slug: "caller.other-depot",
  });
  await expect(people.moveEmployee({ employeeId, expectedVersion: 1, depotId: given.north })).rejects.toMatchObject({
    slug: "caller.other-depot",
  });
  const { employees } = await people.listEmployees({ page: { size: 500 } });
  expect(employees.map(({ depotId }) => depotId).filter((depot) => depot !== given.north)).toEqual([]);
});

test("drivers see themselves, and nobody else", async () => {
  const [self, other] = [await given.hire(), await given.hire()];
  const driver = given.service.as(person("driver", { depots: [given.north], employee: self.id }), EmployeeService);
  await expect(driver.getEmployee({ employeeId: self.id })).resolves.toMatchObject({
    employee: { number: self.number },
  });
  await expect(driver.getEmployee({ employeeId: other.id })).rejects.toMatchObject({ kind: "denied" });
});

test("what somebody earns is shown to hr, payroll and administrators of their depot, and to nobody else", async () => {
  const { id: employeeId } = await given.hire();
  const seenBy = async (caller: Caller) => {
    const { employee } = await given.service.as(caller, EmployeeService).getEmployee({ employeeId });
    return employee?.contracts.map(({ hourlyRateMinor, currency }) => [hourlyRateMinor, currency]);
  };
  const earners: readonly Role[] = ["hr", "payroll", "admin"];
  for (const role of roles)
    expect([role, await seenBy(person(role, { depots: [given.north], employee: employeeId }))]).toEqual([
      role,
      [earners.includes(role) ? [3150n, "EUR"] : [0n, ""]],
    ]);
  const elsewhere = person("payroll", { depots: [south] });
  const here = person("dispatcher", { depots: [given.north] });
  expect(await seenBy({ ...here, grants: [...here.grants, ...elsewhere.grants] })).toEqual([[0n, ""]]);
});

test("names and rates of anybody are for other services, not for people", async () => {
  const { id, number } = await given.hire();
  const employeeIds = [id];
  for (const role of roles) {
    const people = given.service.as(person(role), EmployeeService);
    await expect(people.listRates({ employeeIds })).rejects.toMatchObject({ kind: "denied", slug: "caller.role" });
    await expect(people.nameEmployees({ employeeIds })).rejects.toMatchObject({ kind: "denied", slug: "caller.role" });
  }
  const people = given.service.as({ kind: "service", name: "accounting" }, EmployeeService);
  expect((await people.listRates({ employeeIds })).rates).toMatchObject([{ number, hourlyRateMinor: 3150n }]);
  expect((await people.nameEmployees({ employeeIds })).employees).toMatchObject([{ number, familyName: "de Vries" }]);
});

test("who moves is told of with the depot that they leave", async () => {
  const { id: employeeId } = await given.hire();
  await given.people.moveEmployee({ employeeId, expectedVersion: 1, depotId: south });
  const moved = (await given.service.recorded()).find(
    ({ type, aggregate }) => type === "EmployeeMoved" && aggregate === employeeId,
  );
  expect(fromBinary(EmployeeMovedSchema, moved?.payload ?? new Uint8Array())).toMatchObject({
    depotId: south,
    fromDepotId: given.north,
  });
});

test("a qualification that ended is told of once, after its last day, under a version of its own", async () => {
  const { id: employeeId } = await given.hire();
  await given.service.setClock("2026-11-22T13:00:00Z");
  await given.service.setClock("2026-11-23T13:00:00Z");
  expect(await given.told(employeeId)).toEqual([
    "EmployeeHired",
    "ContractChanged",
    "QualificationGranted",
    "QualificationExpired",
  ]);
  expect((await given.people.getEmployee({ employeeId })).employee?.version).toBe(2);
});

test("a depot that is not there is told of as such, also when somebody is moved", async () => {
  const { id: employeeId } = await given.hire();
  const nowhere = newId<DepotId>();
  await expect(given.people.moveEmployee({ employeeId, expectedVersion: 1, depotId: nowhere })).rejects.toMatchObject({
    kind: "missing",
    slug: "depot.unknown",
  });
  await expect(given.people.hireEmployee(given.newcomer(nowhere))).rejects.toMatchObject({ slug: "depot.unknown" });
});

describe.each([
  ["that a spreadsheet would run", "=1+1", "field.formula"],
  ["that turns the direction of writing", "No\u202eor", "field.hidden-character"],
  ["with a character that nobody sees", "No\u200bor", "field.hidden-character"],
  ["with bytes that were not UTF-8", "No\ufffdr", "field.not-utf-8"],
])("a text %s is refused", (_what, text, slug) => {
  test.each([
    ["as a person's number", () => given.people.hireEmployee({ ...given.newcomer(), number: text })],
    ["as a given name", () => given.people.hireEmployee({ ...given.newcomer(), givenName: text })],
    ["as a family name", () => given.people.hireEmployee({ ...given.newcomer(), familyName: text })],
    [
      "as an agreement",
      () => given.people.hireEmployee({ ...given.newcomer(), contract: { ...terms(), agreement: text } }),
    ],
    [
      "as a qualification",
      () =>
        given.people.hireEmployee({
          ...given.newcomer(),
          qualifications: [{ code: text, validFrom: "2026-01-01", validUntil: "" }],
        }),
    ],
    ["as a depot's code", () => given.depots.openDepot({ code: text, name: "West", timeZone: "UTC" })],
    ["as a depot's name", () => given.depots.openDepot({ code: "WEST", name: text, timeZone: "UTC" })],
  ])("%s", async (_where, order) => {
    await expect(order()).rejects.toMatchObject({ kind: "invalid", slug });
  });
});

test("a person is found by a name in any script, however it is composed", async () => {
  const { number } = await given.hire();
  await given.people.hireEmployee({
    ...given.newcomer(),
    number: "P1",
    givenName: "علی‌رضا",
    familyName: "Nun\u0303ez",
  });
  expect(await given.pages({ matching: "Nuñez" })).toEqual([["P1"]]);
  expect(await given.pages({ matching: "nun\u0303ez" })).toEqual([["P1"]]);
  expect(await given.pages({ matching: number })).toEqual([expect.arrayContaining([number])]);
});
