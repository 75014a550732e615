import { conflict } from "@headway/kernel/domain-error";
import { type DriverId, type DutyId, newId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Assignment, type Held, mayMove, type ReleaseCause } from "../model/assignment.ts";
import { around, findings } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import { mustBeLegal } from "../model/finding.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type CoverDutyInput = {
  readonly duty: DutyId;
  readonly driver: DriverId;
  /** Why whoever holds it is taken off; null if the duty is thought to be open. */
  readonly cause: ReleaseCause | null;
  /** Who is thought to hold it; null for whoever does. */
  readonly insteadOf: DriverId | null;
};

export type CoverDutyNeeds = {
  readonly drivers: {
    lock(tx: Tx, ids: readonly DriverId[]): Promise<void>;
    find(tx: Tx, id: DriverId, time: Interval): Promise<RosteredDriver>;
  };
  readonly duties: { lock(tx: Tx, id: DutyId): Promise<Duty> };
  readonly rosters: { lockFor(tx: Tx, duty: Duty): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/**
 * Takes a duty from whoever cannot work it and gives it to another, as one change; the same driver again changes nothing.
 * Refused with `duty.taken` where no cause is given or somebody else holds it, `duty.under-way`, `driver.busy` or
 * `assignment.illegal`.
 */
export const coverDuty =
  ({ drivers, duties, rosters, assignments, events }: CoverDutyNeeds): Command<CoverDutyInput, Held> =>
  async (tx, input) => {
    await drivers.lock(tx, [input.driver]);
    const duty = await duties.lock(tx, input.duty);
    const roster = await rosters.lockFor(tx, duty);
    const holder = await assignments.holderOf(tx, duty.id);
    if (holder?.driver === input.driver) return { assignment: holder, duty };
    const change = changeOf(roster);
    if (holder) change.release({ assignment: holder, duty }, causeFor(input, holder, duty));
    const driver = await drivers.find(tx, input.driver, around(duty));
    mustBeLegal(findings(countDriver(driver), countDuty(duty)), "assignment.illegal");
    const assignment = change.assign(newId(), duty, input.driver);
    await rosters.save(tx, change);
    await events.record(tx, change.events);
    return { assignment, duty };
  };

const causeFor = ({ cause, insteadOf }: CoverDutyInput, holder: Assignment, { run, date }: Duty): ReleaseCause => {
  if (cause === null || (insteadOf !== null && insteadOf !== holder.driver))
    throw conflict("duty.taken", `Run ${run} on ${date} has another driver.`);
  if (!mayMove(holder, "Release"))
    throw conflict("duty.under-way", `Run ${run} on ${date} is ${holder.state} by another driver.`);
  return cause;
};
