import type { Instant } from "@headway/kernel/clock";
import { type DepotId, newId, type RosterId, type Version } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Held } from "../model/assignment.ts";
import { around } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import { type Duty, isOver } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import { fill } from "../model/fill.ts";
import { isPublished, type Period, type Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type FillRosterInput = { readonly roster: RosterId; readonly expected: Version; readonly now: Instant };

export type FillRosterNeeds = {
  readonly drivers: {
    lockOfDepot(tx: Tx, depot: DepotId): Promise<void>;
    findOfDepot(tx: Tx, depot: DepotId, time: Interval): Promise<readonly RosteredDriver[]>;
  };
  /** In order of their start. */
  readonly duties: { lockOf(tx: Tx, period: Period): Promise<readonly Duty[]> };
  readonly rosters: {
    find(tx: Tx, id: RosterId): Promise<Roster>;
    lockAt(tx: Tx, id: RosterId, expected: Version): Promise<Roster>;
    save(tx: Tx, change: RosterChange): Promise<void>;
  };
  readonly assignments: { standingIn(tx: Tx, duties: readonly Duty[]): Promise<readonly Held[]> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

export type Filled = { readonly roster: Roster; readonly assigned: number; readonly open: number };

/**
 * Gives open duties to the depot's drivers, as far as it is legal, as one change. In a published roster what is over stays
 * open; a draft may be of days gone by. Refused with `roster.changed`.
 */
export const fillRoster =
  ({ drivers, duties, rosters, assignments, events }: FillRosterNeeds): Command<FillRosterInput, Filled> =>
  async (tx, { roster: id, expected, now }) => {
    const { depot, ...period } = await rosters.find(tx, id);
    await drivers.lockOfDepot(tx, depot);
    const planned = await duties.lockOf(tx, { depot, ...period });
    const roster = await rosters.lockAt(tx, id, expected);
    const taken = new Set((await assignments.standingIn(tx, planned)).map(({ duty }) => duty.id));
    const open = planned.filter((duty) => !taken.has(duty.id));
    const ahead = isPublished(roster) ? open.filter((duty) => !isOver(duty, now)) : open;
    const [first] = ahead;
    const last = ahead.at(-1);
    if (!first || !last) return { roster, assigned: 0, open: open.length };
    const staff = await drivers.findOfDepot(tx, depot, around(first, last));
    const chosen = fill(staff.map(countDriver), ahead.map(countDuty));
    if (chosen.size === 0) return { roster, assigned: 0, open: open.length };
    const change = changeOf(roster);
    for (const duty of ahead) {
      const driver = chosen.get(duty.id);
      if (driver) change.assign(newId(), duty, driver);
    }
    await rosters.save(tx, change);
    await events.record(tx, change.events);
    return { roster: change.roster, assigned: chosen.size, open: open.length - chosen.size };
  };
