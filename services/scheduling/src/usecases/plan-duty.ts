import { stale } from "@headway/kernel/domain-error";
import { type DriverId, type DutyId, newId, type RosterId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Assignment, mayMove } from "../model/assignment.ts";
import { around, findings } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import { type Duty, differs, type PlannedDuty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import { isError } from "../model/finding.ts";
import { covers, type Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type PlanDutyNeeds = {
  readonly drivers: {
    lock(tx: Tx, ids: readonly DriverId[]): Promise<void>;
    find(tx: Tx, id: DriverId, time: Interval): Promise<RosteredDriver>;
  };
  readonly duties: {
    /** False if the duty is known already. */
    add(tx: Tx, planned: PlannedDuty): Promise<boolean>;
    lock(tx: Tx, id: DutyId): Promise<Duty>;
    plan(tx: Tx, planned: PlannedDuty): Promise<Duty>;
  };
  readonly rosters: { lock(tx: Tx, id: RosterId): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/**
 * A duty is there, or has become another. Whoever holds it gets it anew with its other times if that is legal, else it
 * becomes open work; one that has been signed on stays as it was given.
 */
export const planDuty =
  ({ drivers, duties, rosters, assignments, events }: PlanDutyNeeds): Command<PlannedDuty, void> =>
  async (tx, planned) => {
    if (await duties.add(tx, planned)) return;
    const seen = await assignments.holderOf(tx, planned.id);
    if (seen) await drivers.lock(tx, [seen.driver]);
    const before = await duties.lock(tx, planned.id);
    const duty = await duties.plan(tx, planned);
    const holder = await assignments.holderOf(tx, duty.id);
    if (!holder || !mayMove(holder, "Release") || !differs(before, duty)) return;
    if (holder.driver !== seen?.driver) throw stale("duty.changed-hands", "The duty got another driver meanwhile.");
    const roster = await rosters.lock(tx, holder.roster);
    const change = changeOf(roster);
    change.release({ assignment: holder, duty: before }, "unassigned");
    const { driver, held } = await drivers.find(tx, holder.driver, around(duty));
    const others = held.filter(({ assignment }) => assignment.id !== holder.id);
    const found = findings(countDriver({ driver, held: others }), countDuty(duty));
    if (covers(roster, duty) && !found.some(isError)) change.assign(newId(), duty, holder.driver);
    await rosters.save(tx, change);
    await events.record(tx, change.events);
  };
