import type { DepotId, EmployeeId, Version } from "@headway/kernel/ids";
import { minor } from "@headway/kernel/money";
import { Temporal } from "@headway/kernel/time";
import type { Contract, ContractId, Employee, Qualification } from "../model/employee.ts";

/** An employee with contracts and qualifications in one row; wants a where-clause. */
export const employeeSql = `
  select employee.id, employee.number, employee.given_name, employee.family_name, employee.depot_id, employee.hired_on, employee.last_day, employee.version,
    (select coalesce(json_agg(json_build_object('id', contract.id, 'agreement', agreement, 'weekly_minutes', weekly_minutes,
       'hourly_rate_minor', hourly_rate_minor, 'currency', currency, 'valid_from', valid_from) order by valid_from), '[]')
     from contract where contract.employee_id = employee.id) as contracts,
    (select coalesce(json_agg(json_build_object('code', code, 'valid_from', valid_from, 'valid_until', valid_until) order by code, valid_from), '[]')
     from qualification where qualification.employee_id = employee.id) as qualifications
  from employee`;

export type EmployeeRecord = {
  id: EmployeeId;
  number: string;
  given_name: string;
  family_name: string;
  depot_id: DepotId;
  hired_on: string;
  last_day: string | null;
  version: Version;
  contracts: ContractRecord[];
  qualifications: QualificationRecord[];
};

export type ContractRecord = {
  id: ContractId;
  agreement: string;
  weekly_minutes: number;
  hourly_rate_minor: number;
  currency: string;
  valid_from: string;
};
export type QualificationRecord = { code: string; valid_from: string; valid_until: string | null };

export const toEmployee = (record: EmployeeRecord): Employee => ({
  id: record.id,
  number: record.number,
  givenName: record.given_name,
  familyName: record.family_name,
  depot: record.depot_id,
  hiredOn: Temporal.PlainDate.from(record.hired_on),
  lastDay: record.last_day === null ? null : Temporal.PlainDate.from(record.last_day),
  contracts: record.contracts.map(toContract),
  qualifications: record.qualifications.map(toQualification),
  version: record.version,
});

const toContract = (record: ContractRecord): Contract => ({
  id: record.id,
  agreement: record.agreement,
  weeklyMinutes: record.weekly_minutes,
  hourlyRate: minor(record.hourly_rate_minor),
  currency: record.currency,
  from: Temporal.PlainDate.from(record.valid_from),
});

export const toQualification = (record: QualificationRecord): Qualification => ({
  code: record.code,
  from: Temporal.PlainDate.from(record.valid_from),
  until: record.valid_until === null ? null : Temporal.PlainDate.from(record.valid_until),
});
