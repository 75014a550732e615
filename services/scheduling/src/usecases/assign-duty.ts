import { conflict } from "@headway/kernel/domain-error";
import { type DriverId, type DutyId, newId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Assignment, Held } from "../model/assignment.ts";
import { around, findings } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import type { Duty } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import { type Finding, mustBeLegal } from "../model/finding.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type AssignDutyInput = { readonly duty: DutyId; readonly driver: DriverId };

export type AssignDutyNeeds = {
  readonly drivers: {
    lock(tx: Tx, ids: readonly DriverId[]): Promise<void>;
    find(tx: Tx, id: DriverId, time: Interval): Promise<RosteredDriver>;
  };
  readonly duties: { lock(tx: Tx, id: DutyId): Promise<Duty> };
  readonly rosters: { lockFor(tx: Tx, duty: Duty): Promise<Roster>; save(tx: Tx, change: RosterChange): Promise<void> };
  readonly assignments: { holderOf(tx: Tx, duty: DutyId): Promise<Assignment | null> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

export type Assigned = Held & { readonly findings: readonly Finding[] };

/** Puts a driver on an open duty. Refused with `duty.taken`, `driver.busy` or `assignment.illegal` and its findings; warnings pass. */
export const assignDuty =
  ({ drivers, duties, rosters, assignments, events }: AssignDutyNeeds): Command<AssignDutyInput, Assigned> =>
  async (tx, input) => {
    await drivers.lock(tx, [input.driver]);
    const duty = await duties.lock(tx, input.duty);
    const roster = await rosters.lockFor(tx, duty);
    if (await assignments.holderOf(tx, duty.id))
      throw conflict("duty.taken", `Run ${duty.run} on ${duty.date} has a driver.`);
    const driver = await drivers.find(tx, input.driver, around(duty));
    const found = findings(countDriver(driver), countDuty(duty));
    mustBeLegal(found, "assignment.illegal");
    const change = changeOf(roster);
    const assignment = change.assign(newId(), duty, input.driver);
    await rosters.save(tx, change);
    await events.record(tx, change.events);
    return { assignment, duty, findings: found };
  };
