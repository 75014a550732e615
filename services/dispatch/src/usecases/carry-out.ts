import type { Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import type { DispatchEvent, DutyDecision } from "../model/events.ts";

/** A duty as it was loaded, and what was decided. */
export type Decided = { readonly before: Duty; readonly decision: DutyDecision };

export type CarryOutNeeds = {
  readonly duties: {
    save(tx: Tx, changes: readonly { readonly before: Duty; readonly after: Duty }[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly DispatchEvent[]): Promise<void> };
};

/** Saves what was decided about locked duties and tells of it; nothing where nothing changed. */
export const carryOut =
  ({ duties, events }: CarryOutNeeds) =>
  async (tx: Tx, decided: readonly Decided[]): Promise<void> => {
    const changes = decided
      .map(({ before, decision }) => ({ before, after: decision.next }))
      .filter(({ before, after }) => before !== after);
    if (changes.length > 0) await duties.save(tx, changes);
    await events.record(
      tx,
      decided.flatMap(({ decision }) => decision.event),
    );
  };
