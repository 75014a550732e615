import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ContractSchema,
  Employee as ProtoEmployee,
  QualificationSchema,
} from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const employees = handlersOf<paths, Context>()({
  "GET /employees": async ({ query, calls }) => {
    const { employees: found, page } = await calls.employees.listEmployees({
      depotId: query.depotId ?? "",
      matching: query.matching ?? "",
      page: pageOf(query),
    });
    return ok(listed(found.map(toEmployeeSummary), page));
  },
  "POST /employees": async ({ body, calls }) => {
    const { employee } = await calls.employees.hireEmployee({
      ...body,
      contract: toProtoContract(body.contract),
      qualifications: body.qualifications.map(toProtoQualification),
    });
    const hired = toEmployee(present(employee));
    return made(hired, { version: hired.version, location: `/employees/${hired.id}` });
  },
  "GET /employees/{employeeId}": async ({ path, calls }) => {
    const employee = toEmployee(present((await calls.employees.getEmployee(path)).employee));
    return ok(employee, { version: employee.version });
  },
  "POST /employees/{employeeId}/move": async ({ path, body, ifMatch, calls }) => {
    const { employee } = await calls.employees.moveEmployee({ ...path, ...body, expectedVersion: ifMatch });
    return ok(toEmployee(present(employee)), { version: present(employee).version });
  },
  "POST /employees/{employeeId}/terminate": async ({ path, body, ifMatch, calls }) => {
    const { employee } = await calls.employees.terminateEmployee({ ...path, ...body, expectedVersion: ifMatch });
    return ok(toEmployee(present(employee)), { version: present(employee).version });
  },
  "POST /employees/{employeeId}/contracts": async ({ path, body, ifMatch, calls }) => {
    const contract = toProtoContract(body);
    const { employee } = await calls.employees.changeContract({ ...path, contract, expectedVersion: ifMatch });
    return made(toEmployee(present(employee)), { version: present(employee).version });
  },
  "POST /employees/{employeeId}/qualifications": async ({ path, body, ifMatch, calls }) => {
    const qualification = toProtoQualification(body);
    const { employee } = await calls.employees.grantQualification({ ...path, qualification, expectedVersion: ifMatch });
    return made(toEmployee(present(employee)), { version: present(employee).version });
  },
});

export const toEmployeeSummary = (employee: ProtoEmployee): Schemas["EmployeeSummary"] => ({
  id: employee.id,
  number: employee.number,
  givenName: employee.givenName,
  familyName: employee.familyName,
  depotId: employee.depotId,
  hiredOn: employee.hiredOn,
  lastDay: orNull(employee.lastDay),
  version: employee.version,
});

const toEmployee = (employee: ProtoEmployee): Schemas["Employee"] => ({
  ...toEmployeeSummary(employee),
  contracts: employee.contracts.map(({ id, agreement, weeklyMinutes, hourlyRateMinor, currency, validFrom }) => ({
    id,
    agreement,
    weeklyMinutes,
    // hr leaves both out for those who may not see what somebody earns.
    hourlyRateMinor: currency === "" ? null : Number(hourlyRateMinor),
    currency: orNull(currency),
    validFrom,
  })),
  qualifications: employee.qualifications.map(({ code, validFrom, validUntil }) => ({
    code,
    validFrom,
    validUntil: orNull(validUntil),
  })),
});

const toProtoContract = (contract: Schemas["NewContract"]): MessageInitShape<typeof ContractSchema> => ({
  agreement: contract.agreement,
  weeklyMinutes: contract.weeklyMinutes,
  hourlyRateMinor: BigInt(contract.hourlyRateMinor),
  currency: contract.currency,
  validFrom: contract.validFrom,
});

const toProtoQualification = ({
  code,
  validFrom,
  validUntil,
}: Schemas["Qualification"]): MessageInitShape<typeof QualificationSchema> => ({
  code,
  validFrom,
  validUntil: validUntil ?? "",
});
