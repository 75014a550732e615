import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DriverId, type DutyId, firstVersion } from "@headway/kernel/ids";
import { type Assignment, type Held, move, type ReleaseCause } from "./assignment.ts";
import { type Duty, mustTakePlace } from "./duty.ts";
import type { DutyEvent, RosterEvent } from "./events.ts";
import { change, isPublished, publish, type Roster } from "./roster.ts";

/** A roster's next state, everything that has to be saved with it, and the facts to record. */
export type RosterChange = {
  readonly roster: Roster;
  readonly released: readonly Assignment[];
  readonly assigned: readonly Assignment[];
  readonly events: readonly (DutyEvent | RosterEvent)[];
};

/** One change of a roster in the making, of one duty or of many: what is released is open before anything is assigned. */
export type OpenChange = RosterChange & {
  /** Refused with `assignment.under-way` and so on, as its state says. */
  readonly release: (held: Held, cause: ReleaseCause, order?: "Release" | "Relieve") => Assignment;
  /** Refused with `duty.cancelled` or `duty.withdrawn`. */
  readonly assign: (id: AssignmentId, duty: Duty, driver: DriverId) => Assignment;
};

/** Begins the next version of a published roster; a draft changes silently. */
export const changeOf = (before: Roster): OpenChange => {
  const roster = change(before);
  const released: Assignment[] = [];
  const assigned: Assignment[] = [];
  const events: DutyEvent[] = [];
  const told = counter();
  const tell = (event: DutyEvent): void => {
    if (isPublished(roster)) events.push(event);
  };
  return {
    roster,
    released,
    assigned,
    events,
    release({ assignment, duty }, cause, order = "Release") {
      const next = { ...move(assignment, order), reign: { ...assignment.reign, to: roster.current } };
      released.push(next);
      tell({ type: "DutyReleased", assignment: next, duty, told: told(duty), rosterVersion: roster.current, cause });
      return next;
    },
    assign(id, duty, driver) {
      mustTakePlace(duty);
      const { worked, work } = duty;
      const reign = { from: roster.current, to: null };
      const next: Assignment = {
        id,
        roster: roster.id,
        duty: duty.id,
        driver,
        worked,
        work,
        state: "assigned",
        reign,
        version: firstVersion,
      };
      assigned.push(next);
      tell({
        type: "DutyAssigned",
        assignment: next,
        duty,
        told: told(duty),
        rosterVersion: roster.current,
        byPublication: false,
      });
      return next;
    },
  };
};

/** The draft becomes binding: every assignment is told, then the roster. Refused with `roster.already-published`. */
export const publication = (before: Roster, held: readonly Held[], open: number, at: Instant): RosterChange => {
  const roster = publish(before, at);
  const told = counter();
  const events = held.map(({ assignment, duty }): DutyEvent => {
    return {
      type: "DutyAssigned",
      assignment,
      duty,
      told: told(duty),
      rosterVersion: roster.current,
      byPublication: true,
    };
  });
  return {
    roster,
    released: [],
    assigned: [],
    events: [...events, { type: "RosterPublished", roster, assigned: held.length, open }],
  };
};

/** Counts the events of each duty on from what was told before. */
const counter = (): ((duty: Duty) => number) => {
  const counts = new Map<DutyId, number>();
  return ({ id, told }) => {
    const next = (counts.get(id) ?? told) + 1;
    counts.set(id, next);
    return next;
  };
};
