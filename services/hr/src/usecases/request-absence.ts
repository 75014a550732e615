import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, requestAbsence as decide, type NewAbsence } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type RequestAbsenceNeeds = {
  readonly absences: { add(tx: Tx, absence: Absence): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person asks to be away. Refused with `absence.overlaps`, `absence.backwards` or `absence.half-of-many`. */
export const requestAbsence =
  ({ absences, events }: RequestAbsenceNeeds): Command<NewAbsence, Absence> =>
  async (tx, wanted) => {
    const { next, event } = decide(wanted);
    await absences.add(tx, next);
    await events.record(tx, [event]);
    return next;
  };
