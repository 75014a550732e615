import type { Command, Tx } from "@headway/kernel/tx";
import { type Employee, type Hiring, hire } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type HireEmployeeNeeds = {
  readonly employees: { add(tx: Tx, employees: readonly Employee[]): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person is hired with a first contract. Refused with `employee.number-taken` or `depot.unknown`. */
export const hireEmployee =
  ({ employees, events }: HireEmployeeNeeds): Command<Hiring, Employee> =>
  async (tx, hiring) => {
    const { next, event } = hire(hiring);
    await employees.add(tx, [next]);
    await events.record(tx, event);
    return next;
  };
