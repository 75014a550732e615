import type { DepotId, EmployeeId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Employee, move } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type MoveEmployeeInput = {
  readonly employee: EmployeeId;
  readonly expected: Version;
  readonly depot: DepotId;
};

export type MoveEmployeeNeeds = {
  readonly employees: {
    lock(tx: Tx, id: EmployeeId, expected: Version): Promise<Employee>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person reports at another depot from now on. Refused with `employee.unknown`, `employee.changed`, `employee.already-there` or `depot.unknown`. */
export const moveEmployee =
  ({ employees, events }: MoveEmployeeNeeds): Command<MoveEmployeeInput, Employee> =>
  async (tx, { employee: id, expected, depot }) => {
    const { next, event } = move(await employees.lock(tx, id, expected), depot);
    await employees.save(tx, [next]);
    await events.record(tx, [event]);
    return next;
  };
