import type { DutyId, RosterId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Assignment, mayMove } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type FreeDutyNeeds = {
  readonly duties: { lockAll(tx: Tx, ids: readonly DutyId[]): Promise<readonly Duty[]> };
  readonly rosters: { lock(tx: Tx, id: RosterId): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** What `cancelDuty` and `withdrawDuty` share: whoever holds the duty is free, unless they have signed on. */
export const freeDuty =
  ({ duties, rosters, assignments, events }: FreeDutyNeeds): Command<DutyId, void> =>
  async (tx, id) => {
    const [duty] = await duties.lockAll(tx, [id]);
    const holder = await assignments.holderOf(tx, id);
    if (!duty || !holder || !mayMove(holder, "Release")) return;
    const change = changeOf(await rosters.lock(tx, holder.roster));
    change.release({ assignment: holder, duty }, "cancelled-duty");
    await rosters.save(tx, change);
    await events.record(tx, change.events);
  };
