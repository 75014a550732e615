import type { Instant } from "@headway/kernel/clock";
import type { DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { changed, type DutyDecision } from "../model/events.ts";
import { keepTime as decide } from "../model/keep-time.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type KeepTimeNeeds = CarryOutNeeds & {
  readonly duties: {
    /** Where the clock has something to decide: at most 100, the longest due first. */
    due(tx: Tx, now: Instant): Promise<readonly DutyId[]>;
    lockAll(tx: Tx, ids: readonly DutyId[]): Promise<readonly Duty[]>;
  };
};

/** Late, missed, signed off by the system: what is due on some duties. Answers how many there were. */
export const keepTime = (needs: KeepTimeNeeds): Command<{ readonly now: Instant }, number> => {
  const { duties, events } = needs;
  return async (tx, { now }) => {
    const due = await duties.due(tx, now);
    const locked = await duties.lockAll(tx, due);
    // Asked again behind the locks: what somebody else has decided meanwhile is no longer due, and gets no version more.
    const stillDue = new Set(locked.length > 0 ? await duties.due(tx, now) : []);
    const decided = locked.map((before) => ({ before, decision: decideAnew(before, now, stillDue.has(before.id)) }));
    await carryOut({ duties, events })(tx, decided);
    return due.length;
  };
};

// Where nothing is to be decided, such as when the depot's windows were changed, the duty is saved with its new due time.
const decideAnew = (duty: Duty, now: Instant, isDue: boolean): DutyDecision => {
  const decision = decide(duty, now);
  return isDue && decision.next === duty ? changed(duty) : decision;
};
