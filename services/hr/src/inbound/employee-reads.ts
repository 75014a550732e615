import type { ServiceImpl } from "@connectrpc/connect";
import type { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { denied } from "@headway/kernel/domain-error";
import { type DepotId, type EmployeeId, parseId } from "@headway/kernel/ids";
import { requireWhole } from "@headway/kernel/reading";
import { tidy } from "@headway/kernel/text";
import { parsePage } from "@headway/postgres/keyset";
import { callerOf, depotsOf, hasInDepot, isSelf, mayInDepot, type Role } from "@headway/service/caller";
import type { Employee } from "../model/employee.ts";
import type { employeeQueries } from "../outbound/employee-queries.ts";

export type EmployeeReadsNeeds = {
  readonly queries: Pick<ReturnType<typeof employeeQueries>, "get" | "list" | "name" | "rates">;
};

type EmployeeReads = Pick<
  ServiceImpl<typeof EmployeeService>,
  "getEmployee" | "listEmployees" | "nameEmployees" | "listRates"
>;

const viewers: readonly Role[] = ["dispatcher", "planner", "hr", "payroll", "auditor", "admin"];
/** Who sees what somebody earns. */
const payers: readonly Role[] = ["hr", "payroll", "admin"];

/** What is read of employees. */
export const employeeReads = ({ queries }: EmployeeReadsNeeds): EmployeeReads => ({
  async getEmployee({ employeeId }, context) {
    const caller = callerOf(context);
    const employee = await queries.get(parseId<EmployeeId>(employeeId, "employeeId"));
    if (!isSelf(caller, employee.id) && !hasInDepot(caller, viewers, employee.depot))
      throw denied("caller.other-depot", "This person works in a depot that is not yours.");
    const seen = toEmployee(employee);
    return { employee: hasInDepot(caller, payers, employee.depot) ? seen : withoutRates(seen) };
  },

  async listEmployees({ depotId, matching, page }, context) {
    const caller = callerOf(context);
    const depot = depotId === "" ? null : parseId<DepotId>(depotId, "depotId");
    if (depot) mayInDepot(caller, viewers, depot);
    const { items, next } = await queries.list({
      depots: depot ? [depot] : depotsOf(caller, viewers),
      matching: tidy(matching),
      page: parsePage(page, ["text"]),
    });
    return {
      employees: items.map((employee) => toEmployee({ ...employee, contracts: [], qualifications: [] })),
      page: { next },
    };
  },

  async nameEmployees({ employeeIds }) {
    const named = await queries.name(toIds(employeeIds));
    return { employees: named.map(({ id, ...names }) => ({ employeeId: id, ...names })) };
  },

  async listRates({ employeeIds }) {
    const rates = await queries.rates(toIds(employeeIds));
    return {
      rates: rates.map(({ employee, number, from, hourlyRate, currency }) => ({
        employeeId: employee,
        number,
        validFrom: from.toString(),
        hourlyRateMinor: BigInt(hourlyRate),
        currency,
      })),
    };
  },
});

const withoutRates = ({ contracts, ...employee }: ReturnType<typeof toEmployee>) => ({
  ...employee,
  contracts: contracts.map((contract) => ({ ...contract, hourlyRateMinor: 0n, currency: "" })),
});

const toIds = (ids: readonly string[]): EmployeeId[] => {
  requireWhole(ids.length, 0, 5000, "employeeIds");
  return ids.map((id, index) => parseId<EmployeeId>(id, `employeeIds[${index}]`));
};

export const toEmployee = (employee: Employee) => ({
  id: employee.id,
  number: employee.number,
  givenName: employee.givenName,
  familyName: employee.familyName,
  depotId: employee.depot,
  hiredOn: employee.hiredOn.toString(),
  lastDay: employee.lastDay?.toString() ?? "",
  version: employee.version,
  contracts: employee.contracts.map(({ id, agreement, weeklyMinutes, hourlyRate, currency, from }) => ({
    id,
    agreement,
    weeklyMinutes,
    hourlyRateMinor: BigInt(hourlyRate),
    currency,
    validFrom: from.toString(),
  })),
  qualifications: employee.qualifications.map(({ code, from, until }) => ({
    code,
    validFrom: from.toString(),
    validUntil: until?.toString() ?? "",
  })),
});
