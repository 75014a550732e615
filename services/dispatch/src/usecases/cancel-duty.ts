import type { Instant } from "@headway/kernel/clock";
import type { DutyId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { cancel } from "../model/cancel.ts";
import type { CancelCause, Duty } from "../model/duty.ts";
import { andThen } from "../model/events.ts";
import { keepTime } from "../model/keep-time.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type CancelDutyInput = {
  readonly duty: DutyId;
  readonly expected: Version;
  readonly cause: CancelCause;
  readonly note: string | null;
  readonly now: Instant;
};

export type CancelDutyNeeds = CarryOutNeeds & {
  readonly duties: { lock(tx: Tx, id: DutyId, expected: Version): Promise<Duty> };
};

/** A dispatcher says that a duty does not run. Refused with `duty.unknown`, `duty.changed` or as `cancel` says. */
export const cancelDuty = (needs: CancelDutyNeeds): Command<CancelDutyInput, void> => {
  const carry = carryOut(needs);
  return async (tx, { duty: id, expected, cause, note, now }) => {
    const before = await needs.duties.lock(tx, id, expected);
    const decision = andThen(keepTime(before, now), (duty) => cancel(duty, { by: "dispatcher", cause, note }, now));
    await carry(tx, [{ before, decision }]);
  };
};
