import { conflict, missing } from "@headway/kernel/domain-error";
import type { EmployeeId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import type { Employee, Expiring } from "../model/employee.ts";
import {
  type EmployeeRecord,
  employeeSql,
  type QualificationRecord,
  toEmployee,
  toQualification,
} from "./employee-record.ts";

export const employeeRepository = {
  /** Refused with `employee.unknown` or `employee.changed`. */
  async lock(tx: Tx, id: EmployeeId, expected: Version): Promise<Employee> {
    const [record] = await rows<EmployeeRecord>(tx, `${employeeSql} where employee.id = $1 for update of employee`, [
      id,
    ]);
    if (!record) throw missing("employee.unknown", "There is no such employee.");
    mustStandAt(expected, "employee", record);
    return toEmployee(record);
  },

  async lockByNumber(tx: Tx, numbers: readonly string[]): Promise<ReadonlyMap<string, Employee>> {
    // Read in a second statement: what one waits for in the first may bring other contracts than the first one saw.
    await execute(tx, "select id from employee where number = any($1::text[]) order by id for update", [numbers]);
    const records = await rows<EmployeeRecord>(tx, `${employeeSql} where employee.number = any($1::text[])`, [numbers]);
    return new Map(records.map((record) => [record.number, toEmployee(record)]));
  },

  /** Refused with `employee.number-taken` or `depot.unknown`. */
  async add(tx: Tx, employees: readonly Employee[]): Promise<void> {
    await execute(
      tx,
      `insert into employee (id, number, given_name, family_name, depot_id, hired_on, last_day, version)
       select id, number, given_name, family_name, depot_id, hired_on, last_day, version
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::date[], $7::date[], $8::integer[])
         as said (id, number, given_name, family_name, depot_id, hired_on, last_day, version)`,
      columnsOf(employees),
    ).catch(
      onViolation({
        ...unknownDepot,
        employee_number_taken: () =>
          conflict("employee.number-taken", "This employee number is taken.", { field: "number" }),
      }),
    );
    await addTerms(tx, employees);
  },

  /** What was agreed before is only added to, never changed. */
  async save(tx: Tx, employees: readonly Employee[]): Promise<void> {
    const saved = await execute(
      tx,
      `update employee set given_name = said.given_name, family_name = said.family_name, depot_id = said.depot_id, last_day = said.last_day, version = said.version
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::date[], $7::date[], $8::integer[])
         as said (id, number, given_name, family_name, depot_id, hired_on, last_day, version)
       where employee.id = said.id and employee.version = said.version - 1`,
      columnsOf(employees),
    ).catch(onViolation(unknownDepot));
    if (saved !== employees.length) throw lostRace("employee");
    await addTerms(tx, employees);
  },

  /** At most 500 people with qualifications that ended before the day and were not told of yet. */
  async lockExpiring(tx: Tx, before: PlainDate): Promise<readonly Expiring[]> {
    const locked = await rows<{ id: EmployeeId }>(
      tx,
      `select id from employee
       where id in (select employee_id from qualification where not expiry_told and valid_until < $1 order by employee_id limit 500)
       order by id for update skip locked`,
      [before.toString()],
    );
    const ids = locked.map(({ id }) => id);
    const records = await rows<EmployeeRecord>(tx, `${employeeSql} where employee.id = any($1::uuid[])`, [ids]);
    const expired = await rows<QualificationRecord & { employee_id: EmployeeId }>(
      tx,
      `select employee_id, code, valid_from, valid_until from qualification
       where employee_id = any($1::uuid[]) and not expiry_told and valid_until < $2 order by code, valid_from`,
      [ids, before.toString()],
    );
    const byEmployee = Map.groupBy(expired, ({ employee_id }) => employee_id);
    // Somebody else may have told of them while the lock was waited for.
    return records.flatMap((record) => {
      const found = byEmployee.get(record.id);
      return found ? [{ employee: toEmployee(record), expired: found.map(toQualification) }] : [];
    });
  },

  async noteExpiryTold(tx: Tx, expiring: readonly Expiring[]): Promise<void> {
    const told = expiring.flatMap(({ employee, expired }) => expired.map((one) => ({ ...one, employee: employee.id })));
    await execute(
      tx,
      `update qualification set expiry_told = true
       from unnest($1::uuid[], $2::text[], $3::date[]) as told (employee_id, code, valid_from)
       where qualification.employee_id = told.employee_id and qualification.code = told.code and qualification.valid_from = told.valid_from`,
      [told.map(({ employee }) => employee), told.map(({ code }) => code), told.map(({ from }) => from.toString())],
    );
  },
};

const unknownDepot = {
  employee_depot_id_fkey: () => missing("depot.unknown", "There is no such depot.", { field: "depotId" }),
};

const columnsOf = (employees: readonly Employee[]): unknown[] => [
  employees.map(({ id }) => id),
  employees.map(({ number }) => number),
  employees.map(({ givenName }) => givenName),
  employees.map(({ familyName }) => familyName),
  employees.map(({ depot }) => depot),
  employees.map(({ hiredOn }) => hiredOn.toString()),
  employees.map(({ lastDay }) => lastDay?.toString() ?? null),
  employees.map(({ version }) => version),
];

const addTerms = async (tx: Tx, employees: readonly Employee[]): Promise<void> => {
  const contracts = employees.flatMap(({ id, contracts }) =>
    contracts.map((contract) => ({ ...contract, employee: id })),
  );
  await execute(
    tx,
    `insert into contract (id, employee_id, agreement, weekly_minutes, hourly_rate_minor, currency, valid_from)
     select id, employee_id, agreement, weekly_minutes, hourly_rate_minor, currency, valid_from
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::bigint[], $6::text[], $7::date[])
       as said (id, employee_id, agreement, weekly_minutes, hourly_rate_minor, currency, valid_from)
     on conflict (id) do nothing`,
    [
      contracts.map(({ id }) => id),
      contracts.map(({ employee }) => employee),
      contracts.map(({ agreement }) => agreement),
      contracts.map(({ weeklyMinutes }) => weeklyMinutes),
      contracts.map(({ hourlyRate }) => hourlyRate),
      contracts.map(({ currency }) => currency),
      contracts.map(({ from }) => from.toString()),
    ],
  );
  const qualifications = employees.flatMap(({ id, qualifications }) =>
    qualifications.map((qualification) => ({ ...qualification, employee: id })),
  );
  await execute(
    tx,
    `insert into qualification (employee_id, code, valid_from, valid_until)
     select employee_id, code, valid_from, valid_until
     from unnest($1::uuid[], $2::text[], $3::date[], $4::date[]) as said (employee_id, code, valid_from, valid_until)
     on conflict (employee_id, code, valid_from) do nothing`,
    [
      qualifications.map(({ employee }) => employee),
      qualifications.map(({ code }) => code),
      qualifications.map(({ from }) => from.toString()),
      qualifications.map(({ until }) => until?.toString() ?? null),
    ],
  );
};
