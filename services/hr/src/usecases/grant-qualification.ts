import type { EmployeeId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { grantQualification as decide, type Employee, type Qualification } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type GrantQualificationInput = {
  readonly employee: EmployeeId;
  readonly expected: Version;
  readonly qualification: Qualification;
};

export type GrantQualificationNeeds = {
  readonly employees: {
    lock(tx: Tx, id: EmployeeId, expected: Version): Promise<Employee>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person may do a kind of work in a span of days. Refused with `employee.unknown`, `employee.changed`, `qualification.there` or `qualification.backwards`. */
export const grantQualification =
  ({ employees, events }: GrantQualificationNeeds): Command<GrantQualificationInput, Employee> =>
  async (tx, { employee: id, expected, qualification }) => {
    const { next, event } = decide(await employees.lock(tx, id, expected), qualification);
    await employees.save(tx, [next]);
    await events.record(tx, [event]);
    return next;
  };
