import { type DescMethod, type DescService, getOption } from "@bufbuild/protobuf";
import { allow } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { AbsenceService } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { newId } from "@headway/kernel/ids";
import { expect, test } from "vitest";
import { type Caller, nobody, type Person, type Role, roles } from "../src/caller.ts";
import { toRole } from "../src/roles.ts";
import { mayCall } from "../src/server-interceptor.ts";

const services: readonly DescService[] = [
  OperationsService,
  SessionService,
  UserService,
  EmployeeService,
  AbsenceService,
];
const cases = services.flatMap((service) =>
  service.methods.map((method): [string, DescMethod] => [`${service.typeName}/${method.name}`, method]),
);
const person = (role: Role): Person => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants: [{ role, depots: null }],
});
const may = (caller: Caller, method: DescMethod): boolean => {
  try {
    mayCall(caller, method);
    return true;
  } catch {
    return false;
  }
};

test.each(cases)("%s lets in exactly whom it names", (_name, method) => {
  const said = getOption(method, allow);
  const allowed = roles.filter((role) => said.anyone || said.roles.map(toRole).includes(role));
  expect(roles.filter((role) => may(person(role), method))).toEqual(allowed);
  expect(may(nobody, method)).toBe(said.anyone);
  expect(may({ kind: "service", name: "hr" }, method)).toBe(said.anyone || said.services);
});

test("only an administrator makes users, and nobody but a service resolves sessions", () => {
  const allowedIn = (method: DescMethod) => roles.filter((role) => may(person(role), method));
  expect(allowedIn(UserService.method.createUser)).toEqual(["admin"]);
  expect(allowedIn(SessionService.method.resolveSession)).toEqual([]);
  expect(allowedIn(EmployeeService.method.hireEmployee)).toEqual(["hr", "admin"]);
});

test("what concerns all depots is refused to who holds the role in some", () => {
  const everywhere = cases.filter(([, method]) => getOption(method, allow).everywhere);
  expect(everywhere.length).toBeGreaterThan(0);
  for (const [, method] of everywhere)
    for (const role of getOption(method, allow)
      .roles.map(toRole)
      .filter((role) => role !== null)) {
      const local: Caller = { ...person(role), grants: [{ role, depots: [newId()] }] };
      expect(() => mayCall(local, method)).toThrow(expect.objectContaining({ slug: "caller.some-depots" }) as Error);
    }
});
