import type { AssignmentId, DutyId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Assignment, mayMove, move } from "../model/assignment.ts";

export type FollowSigningInput = {
  readonly duty: DutyId;
  readonly assignment: AssignmentId;
  readonly order: "SignOn" | "SignOff";
};

export type FollowSigningNeeds = {
  readonly duties: { lockAll(tx: Tx, ids: readonly DutyId[]): Promise<unknown> };
  readonly assignments: {
    holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null>;
    save(tx: Tx, assignment: Assignment): Promise<void>;
  };
};

/** A driver has signed. It is heard later than it was done: an assignment that has changed meanwhile is left alone. */
export const followSigning =
  ({ duties, assignments }: FollowSigningNeeds): Command<FollowSigningInput, void> =>
  async (tx, { duty, assignment, order }) => {
    await duties.lockAll(tx, [duty]);
    const holder = await assignments.holderOf(tx, duty);
    if (holder?.id !== assignment || !mayMove(holder, order)) return;
    await assignments.save(tx, move(holder, order));
  };
