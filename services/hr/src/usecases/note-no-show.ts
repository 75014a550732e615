import type { EmployeeId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, noShow } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type NoteNoShowInput = { readonly employee: EmployeeId; readonly away: Interval };

export type NoteNoShowNeeds = {
  readonly employees: { zoneOf(tx: Tx, employee: EmployeeId): Promise<string> };
  readonly absences: { add(tx: Tx, absence: Absence): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A driver did not sign on: away, unplanned, for the time of the duty. */
export const noteNoShow =
  ({ employees, absences, events }: NoteNoShowNeeds): Command<NoteNoShowInput, void> =>
  async (tx, { employee, away }) => {
    const { next, event } = noShow(employee, away, await employees.zoneOf(tx, employee));
    await absences.add(tx, next);
    await events.record(tx, [event]);
  };
