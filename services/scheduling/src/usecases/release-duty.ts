import type { AssignmentId, DutyId, Version } from "@headway/kernel/ids";
import { mustStandAt } from "@headway/kernel/lost-race";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Held } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type ReleaseDutyInput = { readonly assignment: AssignmentId; readonly expected: Version };

export type ReleaseDutyNeeds = {
  readonly duties: { lock(tx: Tx, id: DutyId): Promise<Duty> };
  readonly rosters: { lockFor(tx: Tx, duty: Duty): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { find(tx: Tx, id: AssignmentId): Promise<Held> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** Takes the driver off; the duty becomes open work. Refused with `assignment.changed`, or `assignment.under-way` once signed on. */
export const releaseDuty =
  ({ duties, rosters, assignments, events }: ReleaseDutyNeeds): Command<ReleaseDutyInput, Held> =>
  async (tx, { assignment: id, expected }) => {
    const duty = await duties.lock(tx, (await assignments.find(tx, id)).duty.id);
    const roster = await rosters.lockFor(tx, duty);
    const held = await assignments.find(tx, id);
    mustStandAt(expected, "assignment", held.assignment);
    const change = changeOf(roster);
    const assignment = change.release(held, "unassigned");
    await rosters.save(tx, change);
    await events.record(tx, change.events);
    return { assignment, duty };
  };
