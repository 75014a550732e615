import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, type AbsenceId, decideAbsence as decide } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type CancelAbsenceInput = { readonly absence: AbsenceId; readonly expected: Version };

export type CancelAbsenceNeeds = {
  readonly absences: {
    lock(tx: Tx, id: AbsenceId, expected: Version): Promise<Absence>;
    save(tx: Tx, absence: Absence): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** An absence does not take place. Refused with `absence.unknown`, `absence.changed`, or `absence.<state>` where it is over and done. */
export const cancelAbsence =
  ({ absences, events }: CancelAbsenceNeeds): Command<CancelAbsenceInput, Absence> =>
  async (tx, { absence: id, expected }) => {
    const { next, event } = decide(await absences.lock(tx, id, expected), "Cancel");
    await absences.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
