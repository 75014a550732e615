import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DutyId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty } from "../model/duty.ts";
import { andThen } from "../model/events.ts";
import { keepTime } from "../model/keep-time.ts";
import { verify } from "../model/verify.ts";
import { type CarryOutNeeds, carryOut } from "./carry-out.ts";

export type VerifyWorkedTimeInput = {
  readonly duty: DutyId;
  readonly assignment: AssignmentId;
  readonly expected: Version;
  /** Until when the work counts; null for until when it counts already. */
  readonly signedOff: Instant | null;
  readonly by: string;
  readonly now: Instant;
};

export type VerifyWorkedTimeNeeds = CarryOutNeeds & {
  readonly duties: { lock(tx: Tx, id: DutyId, expected: Version): Promise<Duty> };
};

/** A dispatcher has looked at what was worked, and pay follows. Refused with `duty.unknown`, `duty.changed` or as `verify` says. */
export const verifyWorkedTime = (needs: VerifyWorkedTimeNeeds): Command<VerifyWorkedTimeInput, void> => {
  const carry = carryOut(needs);
  return async (tx, { duty: id, assignment, expected, signedOff, by, now }) => {
    const before = await needs.duties.lock(tx, id, expected);
    const decision = andThen(keepTime(before, now), (duty) => verify(duty, assignment, signedOff, { by, at: now }));
    await carry(tx, [{ before, decision }]);
  };
};
