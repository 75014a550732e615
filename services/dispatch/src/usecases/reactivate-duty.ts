import type { Instant } from "@headway/kernel/clock";
import type { DutyId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { reactivate } from "../model/cancel.ts";
import type { Duty } from "../model/duty.ts";
import { andThen } from "../model/events.ts";
import { keepTime } from "../model/keep-time.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type ReactivateDutyInput = { readonly duty: DutyId; readonly expected: Version; readonly now: Instant };

export type ReactivateDutyNeeds = CarryOutNeeds & {
  readonly duties: { lock(tx: Tx, id: DutyId, expected: Version): Promise<Duty> };
};

/** A cancelled duty runs after all. Refused with `duty.unknown`, `duty.changed` or as `reactivate` says. */
export const reactivateDuty = (needs: ReactivateDutyNeeds): Command<ReactivateDutyInput, void> => {
  const carry = carryOut(needs);
  return async (tx, { duty: id, expected, now }) => {
    const before = await needs.duties.lock(tx, id, expected);
    await carry(tx, [{ before, decision: andThen(keepTime(before, now), (duty) => reactivate(duty, now)) }]);
  };
};
