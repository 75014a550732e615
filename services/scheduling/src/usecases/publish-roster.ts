import type { Instant } from "@headway/kernel/clock";
import type { RosterId, Version } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Held } from "../model/assignment.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import type { Period, Roster } from "../model/roster.ts";
import { publication, type RosterChange } from "../model/roster-change.ts";

export type PublishRosterInput = { readonly roster: RosterId; readonly expected: Version; readonly now: Instant };

export type PublishRosterNeeds = {
  readonly duties: { lockOf(tx: Tx, period: Period): Promise<readonly Duty[]> };
  readonly rosters: {
    find(tx: Tx, id: RosterId): Promise<Roster>;
    lockAt(tx: Tx, id: RosterId, expected: Version): Promise<Roster>;
    save(tx: Tx, change: RosterChange): Promise<void>;
  };
  readonly assignments: { standingIn(tx: Tx, duties: readonly Duty[]): Promise<readonly Held[]> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** Makes a draft binding, as version 1; open duties stay open. Refused with `roster.already-published` or `roster.changed`. */
export const publishRoster =
  ({ duties, rosters, assignments, events }: PublishRosterNeeds): Command<PublishRosterInput, Roster> =>
  async (tx, { roster: id, expected, now }) => {
    const planned = await duties.lockOf(tx, await rosters.find(tx, id));
    const roster = await rosters.lockAt(tx, id, expected);
    const held = await assignments.standingIn(tx, planned);
    const change = publication(roster, held, planned.length - held.length, now);
    await rosters.save(tx, change);
    await events.record(tx, change.events);
    return change.roster;
  };
