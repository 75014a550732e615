import { conflict, invalid } from "@headway/kernel/domain-error";
import {
  type DepotId,
  type EmployeeId,
  firstVersion,
  type Id,
  newId,
  nextVersion,
  type Version,
} from "@headway/kernel/ids";
import type { Minor } from "@headway/kernel/money";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Decision } from "@headway/kernel/tx";

export type ContractId = Id<"Contract">;

/** Terms that hold from a day until the next contract of the person. Never changed, only followed by another. */
export type Contract = {
  readonly id: ContractId;
  readonly agreement: string;
  readonly weeklyMinutes: number;
  readonly hourlyRate: Minor;
  readonly currency: string;
  readonly from: PlainDate;
};
export type Terms = Omit<Contract, "id">;

export type Qualification = { readonly code: string; readonly from: PlainDate; readonly until: PlainDate | null };

export type Employee = {
  readonly id: EmployeeId;
  readonly number: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly depot: DepotId;
  readonly hiredOn: PlainDate;
  readonly lastDay: PlainDate | null;
  /** By start, the newest last. */
  readonly contracts: readonly Contract[];
  readonly qualifications: readonly Qualification[];
  readonly version: Version;
};

export type EmployeeEvent =
  | { readonly type: "EmployeeHired"; readonly employee: Employee }
  | { readonly type: "EmployeeMoved"; readonly employee: Employee; readonly from: DepotId }
  | { readonly type: "EmployeeTerminated"; readonly employee: Employee; readonly lastDay: PlainDate }
  | { readonly type: "ContractChanged"; readonly employee: Employee; readonly contract: Contract }
  | { readonly type: "QualificationGranted"; readonly employee: Employee; readonly qualification: Qualification }
  | { readonly type: "QualificationExpired"; readonly employee: Employee; readonly qualification: Qualification };

/** A person, and those of their qualifications whose last day is over. */
export type Expiring = { readonly employee: Employee; readonly expired: readonly Qualification[] };

export type Hiring = Pick<Employee, "number" | "givenName" | "familyName" | "depot" | "hiredOn" | "qualifications"> & {
  readonly terms: Terms;
};

/** A person is hired with a first contract, which must hold from the first day. Refused with `contract.starts-late`. */
export const hire = ({ terms, ...person }: Hiring): Decision<Employee, readonly EmployeeEvent[]> => {
  if (Temporal.PlainDate.compare(terms.from, person.hiredOn) > 0)
    throw invalid(
      "contract.starts-late",
      `The first contract must hold from ${person.hiredOn}, the first day of work.`,
      { field: "contract.validFrom" },
    );
  const contract: Contract = { ...terms, id: newId<ContractId>() };
  const next: Employee = {
    ...person,
    id: newId<EmployeeId>(),
    lastDay: null,
    contracts: [contract],
    version: firstVersion,
  };
  return {
    next,
    event: [
      { type: "EmployeeHired", employee: next },
      { type: "ContractChanged", employee: next, contract },
      ...next.qualifications.map((qualification) => ({
        type: "QualificationGranted" as const,
        employee: next,
        qualification,
      })),
    ],
  };
};

/** Refused with `employee.already-there`. */
export const move = (employee: Employee, depot: DepotId): Decision<Employee, EmployeeEvent> => {
  if (employee.depot === depot)
    throw conflict("employee.already-there", `${employee.number} already reports at this depot.`);
  const next = { ...employee, depot, version: nextVersion(employee.version) };
  return { next, event: { type: "EmployeeMoved", employee: next, from: employee.depot } };
};

/** Refused with `employee.last-day-before-first`. */
export const terminate = (employee: Employee, lastDay: PlainDate): Decision<Employee, EmployeeEvent> => {
  if (Temporal.PlainDate.compare(lastDay, employee.hiredOn) < 0)
    throw invalid("employee.last-day-before-first", `The last day cannot lie before ${employee.hiredOn}, the first.`, {
      field: "lastDay",
    });
  const next = { ...employee, lastDay, version: nextVersion(employee.version) };
  return { next, event: { type: "EmployeeTerminated", employee: next, lastDay } };
};

/** New terms from a day on. Refused with `contract.not-after-last`: what was agreed is dated, never overwritten. */
export const changeContract = (employee: Employee, terms: Terms): Decision<Employee, EmployeeEvent> => {
  const last = employee.contracts.at(-1);
  if (last && Temporal.PlainDate.compare(terms.from, last.from) <= 0)
    throw conflict(
      "contract.not-after-last",
      `The new contract must start after ${last.from}, when the present one did.`,
      { field: "contract.validFrom" },
    );
  const contract: Contract = { ...terms, id: newId<ContractId>() };
  const next = { ...employee, contracts: [...employee.contracts, contract], version: nextVersion(employee.version) };
  return { next, event: { type: "ContractChanged", employee: next, contract } };
};

/** Refused with `qualification.backwards`, or `qualification.there` when the same one starts that day already. */
export const grantQualification = (
  employee: Employee,
  qualification: Qualification,
): Decision<Employee, EmployeeEvent> => {
  if (qualification.until && Temporal.PlainDate.compare(qualification.until, qualification.from) < 0)
    throw invalid("qualification.backwards", "A qualification cannot end before it starts.", {
      field: "qualification.validUntil",
    });
  if (employee.qualifications.some(({ code, from }) => code === qualification.code && from.equals(qualification.from)))
    throw conflict(
      "qualification.there",
      `${employee.number} has ${qualification.code} from ${qualification.from} already.`,
    );
  const next = {
    ...employee,
    qualifications: [...employee.qualifications, qualification],
    version: nextVersion(employee.version),
  };
  return { next, event: { type: "QualificationGranted", employee: next, qualification } };
};

export const expireQualifications = ({ employee, expired }: Expiring): Decision<Employee, readonly EmployeeEvent[]> => {
  const next = { ...employee, version: nextVersion(employee.version) };
  return {
    next,
    event: expired.map((qualification) => ({ type: "QualificationExpired" as const, employee: next, qualification })),
  };
};
