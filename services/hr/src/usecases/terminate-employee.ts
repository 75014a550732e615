import type { EmployeeId, Version } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Employee, terminate } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type TerminateEmployeeInput = {
  readonly employee: EmployeeId;
  readonly expected: Version;
  readonly lastDay: PlainDate;
};

export type TerminateEmployeeNeeds = {
  readonly employees: {
    lock(tx: Tx, id: EmployeeId, expected: Version): Promise<Employee>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person's last day is set. Refused with `employee.unknown`, `employee.changed` or `employee.last-day-before-first`. */
export const terminateEmployee =
  ({ employees, events }: TerminateEmployeeNeeds): Command<TerminateEmployeeInput, Employee> =>
  async (tx, { employee: id, expected, lastDay }) => {
    const { next, event } = terminate(await employees.lock(tx, id, expected), lastDay);
    await employees.save(tx, [next]);
    await events.record(tx, [event]);
    return next;
  };
