import type { ServiceImpl } from "@connectrpc/connect";
import type {
  Contract as ContractDto,
  EmployeeService,
  Qualification as QualificationDto,
} from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { invalid } from "@headway/kernel/domain-error";
import { type DepotId, type EmployeeId, parseId, parseVersion } from "@headway/kernel/ids";
import { minor, parseCurrency } from "@headway/kernel/money";
import { requireWhole } from "@headway/kernel/reading";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { type Caller, callerOf, mayInDepot, type Role } from "@headway/service/caller";
import type { Employee, Hiring, Qualification, Terms } from "../model/employee.ts";
import { plainText } from "../model/plain-text.ts";
import type { depotQueries } from "../outbound/depot-repository.ts";
import type { ChangeContractInput } from "../usecases/change-contract.ts";
import type { GrantQualificationInput } from "../usecases/grant-qualification.ts";
import type { MoveEmployeeInput } from "../usecases/move-employee.ts";
import type { TerminateEmployeeInput } from "../usecases/terminate-employee.ts";
import { type EmployeeReadsNeeds, employeeReads, toEmployee } from "./employee-reads.ts";

export type EmployeeServiceNeeds = EmployeeReadsNeeds & {
  readonly inTx: Database["inTx"];
  readonly hireEmployee: Command<Hiring, Employee>;
  readonly moveEmployee: Command<MoveEmployeeInput, Employee>;
  readonly terminateEmployee: Command<TerminateEmployeeInput, Employee>;
  readonly changeContract: Command<ChangeContractInput, Employee>;
  readonly grantQualification: Command<GrantQualificationInput, Employee>;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "ofEmployee">;
};

const keepers: readonly Role[] = ["hr", "admin"];

export const employeeService = (needs: EmployeeServiceNeeds): ServiceImpl<typeof EmployeeService> => {
  const { inTx, hireEmployee, moveEmployee, terminateEmployee, changeContract, grantQualification, depots } = needs;

  /** Whom an order is about, where the caller may give it. */
  const seenBy = async (caller: Caller, { employeeId, expectedVersion }: SeenDto) => {
    const employee = parseId<EmployeeId>(employeeId, "employeeId");
    const expected = parseVersion(expectedVersion, "expectedVersion");
    mayInDepot(caller, keepers, (await depots.ofEmployee(employee)).id);
    return { employee, expected };
  };

  return {
    ...employeeReads(needs),

    async hireEmployee(request, context) {
      const hiring = toHiring(request);
      mayInDepot(callerOf(context), keepers, hiring.depot);
      return { employee: toEmployee(await inTx((tx) => hireEmployee(tx, hiring))) };
    },

    async moveEmployee(request, context) {
      const depot = parseId<DepotId>(request.depotId, "depotId");
      mayInDepot(callerOf(context), keepers, depot);
      const seen = await seenBy(callerOf(context), request);
      return { employee: toEmployee(await inTx((tx) => moveEmployee(tx, { ...seen, depot }))) };
    },

    async terminateEmployee(request, context) {
      const lastDay = parseDate(request.lastDay, "lastDay");
      const seen = await seenBy(callerOf(context), request);
      return { employee: toEmployee(await inTx((tx) => terminateEmployee(tx, { ...seen, lastDay }))) };
    },

    async changeContract(request, context) {
      const terms = toTerms(request.contract);
      const seen = await seenBy(callerOf(context), request);
      return { employee: toEmployee(await inTx((tx) => changeContract(tx, { ...seen, terms }))) };
    },

    async grantQualification(request, context) {
      const qualification = toQualification(request.qualification);
      const seen = await seenBy(callerOf(context), request);
      return { employee: toEmployee(await inTx((tx) => grantQualification(tx, { ...seen, qualification }))) };
    },
  };
};

type SeenDto = { readonly employeeId: string; readonly expectedVersion: number };
type HiringDto = Parameters<ServiceImpl<typeof EmployeeService>["hireEmployee"]>[0];

const toHiring = ({
  number,
  givenName,
  familyName,
  depotId,
  hiredOn,
  contract,
  qualifications,
}: HiringDto): Hiring => ({
  number: plainText(number, "number", 64),
  givenName: plainText(givenName, "givenName"),
  familyName: plainText(familyName, "familyName"),
  depot: parseId<DepotId>(depotId, "depotId"),
  hiredOn: parseDate(hiredOn, "hiredOn"),
  terms: toTerms(contract),
  qualifications: qualifications.map(toQualification),
});

const toTerms = (contract: ContractDto | undefined): Terms => {
  if (!contract) throw invalid("field.empty", "contract must not be empty.", { field: "contract" });
  return {
    agreement: plainText(contract.agreement, "contract.agreement", 64),
    weeklyMinutes: requireWhole(contract.weeklyMinutes, 0, 7 * 24 * 60, "contract.weeklyMinutes"),
    hourlyRate: minor(requireWhole(Number(contract.hourlyRateMinor), 0, 1_000_000_000, "contract.hourlyRateMinor")),
    currency: parseCurrency(contract.currency, "contract.currency"),
    from: parseDate(contract.validFrom, "contract.validFrom"),
  };
};

const toQualification = (qualification: QualificationDto | undefined): Qualification => {
  if (!qualification) throw invalid("field.empty", "qualification must not be empty.", { field: "qualification" });
  return {
    code: plainText(qualification.code, "qualification.code", 64),
    from: parseDate(qualification.validFrom, "qualification.validFrom"),
    until: qualification.validUntil === "" ? null : parseDate(qualification.validUntil, "qualification.validUntil"),
  };
};
