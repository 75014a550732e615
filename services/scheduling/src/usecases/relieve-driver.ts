import type { AssignmentId, DutyId, RosterId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Assignment, mayMove } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type RelieveDriverInput = { readonly duty: DutyId; readonly assignment: AssignmentId };

export type RelieveDriverNeeds = {
  readonly duties: { lockAll(tx: Tx, ids: readonly DutyId[]): Promise<readonly Duty[]> };
  readonly rosters: { lock(tx: Tx, id: RosterId): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** A driver was taken off in mid-duty: the rest is open work. An assignment that has changed meanwhile is left alone. */
export const relieveDriver =
  ({ duties, rosters, assignments, events }: RelieveDriverNeeds): Command<RelieveDriverInput, void> =>
  async (tx, { duty: id, assignment }) => {
    const [duty] = await duties.lockAll(tx, [id]);
    const holder = await assignments.holderOf(tx, id);
    if (!duty || holder?.id !== assignment || !mayMove(holder, "Relieve")) return;
    const change = changeOf(await rosters.lock(tx, holder.roster));
    change.release({ assignment: holder, duty }, "unassigned", "Relieve");
    await rosters.save(tx, change);
    await events.record(tx, change.events);
  };
