import type { Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Absence, type AbsenceId, decideAbsence as decide } from "../model/absence.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type DecideAbsenceInput = {
  readonly absence: AbsenceId;
  readonly expected: Version;
  readonly approved: boolean;
};

export type DecideAbsenceNeeds = {
  readonly absences: {
    lock(tx: Tx, id: AbsenceId, expected: Version): Promise<Absence>;
    save(tx: Tx, absence: Absence): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** A request is approved or denied. Refused with `absence.unknown`, `absence.changed`, or `absence.<state>` once it is decided. */
export const decideAbsence =
  ({ absences, events }: DecideAbsenceNeeds): Command<DecideAbsenceInput, Absence> =>
  async (tx, { absence: id, expected, approved }) => {
    const { next, event } = decide(await absences.lock(tx, id, expected), approved ? "Approve" : "Deny");
    await absences.save(tx, next);
    await events.record(tx, [event]);
    return next;
  };
