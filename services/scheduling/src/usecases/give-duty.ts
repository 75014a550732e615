import type { Instant } from "@headway/kernel/clock";
import { type DriverId, type DutyId, newId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Tx } from "@headway/kernel/tx";
import type { Assignment, Held } from "../model/assignment.ts";
import { around, findings } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import { type Duty, mustNotBeOver } from "../model/duty.ts";
import type { SchedulingEvent } from "../model/events.ts";
import { type Finding, mustBeLegal } from "../model/finding.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type OpenChange, type RosterChange } from "../model/roster-change.ts";

export type GiveDutyNeeds = {
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

export type GiveDutyInput = { readonly duty: DutyId; readonly driver: DriverId; readonly now: Instant };

/** What `assignDuty` and `coverDuty` share; what becomes of the holder each of them decides. */
export const giveDuty = ({ drivers, duties, rosters, assignments, events }: GiveDutyNeeds) => ({
  /** Keeps still all that the decision is about, but the roster. Refused with `duty.unknown`. */
  async lock(tx: Tx, wanted: GiveDutyInput) {
    const [, duty, holder] = await Promise.all([
      drivers.lock(tx, [wanted.driver]),
      duties.lock(tx, wanted.duty),
      assignments.holderOf(tx, wanted.duty),
    ]);
    return { duty, holder };
  },

  /**
   * Gives the duty to the driver in one change of the roster, which `begin` may begin with a release. The roster is locked
   * last, since all changes of a depot wait for it.
   * Refused with `duty.no-roster`, `duty.over`, `driver.busy` or `assignment.illegal` and its findings; warnings pass.
   */
  async give(
    tx: Tx,
    duty: Duty,
    { driver: to, now }: GiveDutyInput,
    begin: (change: OpenChange) => void,
  ): Promise<Assigned> {
    mustNotBeOver(duty, now);
    const [driver, roster] = await Promise.all([drivers.find(tx, to, around(duty)), rosters.lockFor(tx, duty)]);
    const change = changeOf(roster);
    begin(change);
    const found = findings(countDriver(driver), countDuty(duty));
    mustBeLegal(found, "assignment.illegal");
    const assignment = change.assign(newId(), duty, to);
    await Promise.all([rosters.save(tx, change), events.record(tx, change.events)]);
    return { assignment, duty, findings: found };
  },
});
