import type { EmployeeId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { changeContract as decide, type Employee, type Terms } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type ChangeContractInput = {
  readonly employee: EmployeeId;
  readonly expected: Version;
  readonly terms: Terms;
};

export type ChangeContractNeeds = {
  readonly employees: {
    lock(tx: Tx, id: EmployeeId, expected: Version): Promise<Employee>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** New terms hold from a day on. Refused with `employee.unknown`, `employee.changed` or `contract.not-after-last`. */
export const changeContract =
  ({ employees, events }: ChangeContractNeeds): Command<ChangeContractInput, Employee> =>
  async (tx, { employee: id, expected, terms }) => {
    const { next, event } = decide(await employees.lock(tx, id, expected), terms);
    await employees.save(tx, [next]);
    await events.record(tx, [event]);
    return next;
  };
