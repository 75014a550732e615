import { missing } from "@headway/kernel/domain-error";
import type { DepotId, EmployeeId } from "@headway/kernel/ids";
import { type Minor, minor } from "@headway/kernel/money";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import type { Employee } from "../model/employee.ts";
import { type EmployeeRecord, employeeSql, toEmployee } from "./employee-record.ts";

export type Named = Pick<Employee, "id" | "number" | "givenName" | "familyName">;
export type Rate = {
  readonly employee: EmployeeId;
  readonly number: string;
  readonly from: PlainDate;
  readonly hourlyRate: Minor;
  readonly currency: string;
};
export type EmployeesWanted = {
  readonly depots: readonly DepotId[] | null;
  readonly matching: string;
  readonly page: PageWanted;
};

export const employeeQueries = ({ rows }: Database) => ({
  /** Refused with `employee.unknown`. */
  async get(id: EmployeeId): Promise<Employee> {
    const [record] = await rows<EmployeeRecord>(`${employeeSql} where employee.id = $1`, [id]);
    if (!record) throw missing("employee.unknown", "There is no such employee.");
    return toEmployee(record);
  },

  /** By number; `depots` null means all. */
  async list({ depots, matching, page }: EmployeesWanted): Promise<Page<Employee>> {
    const records = await rows<EmployeeRecord>(
      `${employeeSql} where ($1::uuid[] is null or depot_id = any($1))
         and ($2 = '' or strpos(lower(number || ' ' || given_name || ' ' || family_name), lower($2)) > 0)
         and ($3::text is null or number > $3)
       order by number limit $4`,
      [depots, matching, page.after?.[0] ?? null, page.size + 1],
    );
    return toPage(records.map(toEmployee), page.size, ({ number }) => [number]);
  },

  async name(ids: readonly EmployeeId[]): Promise<readonly Named[]> {
    const records = await rows<{ id: EmployeeId; number: string; given_name: string; family_name: string }>(
      "select id, number, given_name, family_name from employee where id = any($1::uuid[]) order by number",
      [ids],
    );
    return records.map(({ id, number, given_name, family_name }) => ({
      id,
      number,
      givenName: given_name,
      familyName: family_name,
    }));
  },

  async rates(ids: readonly EmployeeId[]): Promise<readonly Rate[]> {
    const records = await rows<{
      employee_id: EmployeeId;
      number: string;
      valid_from: string;
      hourly_rate_minor: number;
      currency: string;
    }>(
      `select employee_id, number, valid_from, hourly_rate_minor, currency from contract join employee on employee.id = employee_id
       where employee_id = any($1::uuid[]) order by number, valid_from`,
      [ids],
    );
    return records.map(({ employee_id, number, valid_from, hourly_rate_minor, currency }) => ({
      employee: employee_id,
      number,
      from: Temporal.PlainDate.from(valid_from),
      hourlyRate: minor(hourly_rate_minor),
      currency,
    }));
  },
});
