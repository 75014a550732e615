import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, reportAbsence as decide, type NewAbsence } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type ReportAbsenceNeeds = {
  readonly absences: { add(tx: Tx, absence: Absence): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A person is away, unplanned: it holds at once. Refused with `absence.overlaps`, `absence.backwards` or `absence.half-of-many`. */
export const reportAbsence =
  ({ absences, events }: ReportAbsenceNeeds): Command<NewAbsence, Absence> =>
  async (tx, reported) => {
    const { next, event } = decide(reported);
    await absences.add(tx, next);
    await events.record(tx, [event]);
    return next;
  };
