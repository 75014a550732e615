import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, type Away, requestAbsence as decide } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type RequestAbsenceNeeds = {
  readonly absences: { add(tx: Tx, absence: Absence): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person asks to be away. Refused with `absence.overlaps`, `absence.backwards` or `absence.half-of-many`. */
export const requestAbsence =
  ({ absences, events }: RequestAbsenceNeeds): Command<Away, Absence> =>
  async (tx, away) => {
    const { next, event } = decide(away);
    await absences.add(tx, next);
    await events.record(tx, [event]);
    return next;
  };
