import type { EmployeeId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, noShow } from "../model/absence.ts";
import type { Depot } from "../model/depot.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type NoteNoShowInput = { readonly employee: EmployeeId; readonly away: Interval };

export type NoteNoShowNeeds = {
  readonly depots: { ofEmployee(tx: Tx, employee: EmployeeId): Promise<Depot> };
  readonly absences: { add(tx: Tx, absence: Absence): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A driver did not sign on: away, unplanned, for the time of the duty. */
export const noteNoShow =
  ({ depots, absences, events }: NoteNoShowNeeds): Command<NoteNoShowInput, void> =>
  async (tx, { employee, away }) => {
    const { id: depot, zone } = await depots.ofEmployee(tx, employee);
    const { next, event } = noShow({ employee, depot, zone, away });
    await absences.add(tx, next);
    await events.record(tx, [event]);
  };
