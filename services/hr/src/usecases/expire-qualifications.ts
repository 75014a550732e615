import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { expireQualifications as decide, type Employee, type Expiring } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";

export type ExpireQualificationsInput = { readonly before: PlainDate };

export type ExpireQualificationsNeeds = {
  readonly employees: {
    /** At most 500 people with qualifications that ended before the day and were not told of yet. */
    lockExpiring(tx: Tx, before: PlainDate): Promise<readonly Expiring[]>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
    noteExpiryTold(tx: Tx, expiring: readonly Expiring[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** Tells of qualifications that have ended; answers of how many people. */
export const expireQualifications =
  ({ employees, events }: ExpireQualificationsNeeds): Command<ExpireQualificationsInput, number> =>
  async (tx, { before }) => {
    const expiring = await employees.lockExpiring(tx, before);
    const decisions = expiring.map(decide);
    await employees.save(
      tx,
      decisions.map(({ next }) => next),
    );
    await employees.noteExpiryTold(tx, expiring);
    await events.record(
      tx,
      decisions.flatMap(({ event }) => event),
    );
    return expiring.length;
  };
