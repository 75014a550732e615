import type { Instant } from "@headway/kernel/clock";
import { unavailable } from "@headway/kernel/domain-error";
import type { DepotId, DutyId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { behind, type RosterOfDay } from "../model/behind.ts";
import { type Duty, isOpen } from "../model/duty.ts";
import type { DayId, DispatchEvent } from "../model/events.ts";
import { activate, follow, type PlannedDuty, type RosteredAssignment } from "../model/follow.ts";
import type { Windows } from "../model/windows.ts";

export type ActivateDayInput = {
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  /** Asked of scheduling just before; null to activate whatever is here. */
  readonly roster: RosterOfDay | null;
  readonly now: Instant;
};

export type ActivateDayNeeds = {
  readonly days: {
    hold(
      tx: Tx,
      depot: DepotId,
      date: PlainDate,
    ): Promise<{ readonly id: DayId; readonly activatedAt: Instant | null }>;
    activate(tx: Tx, id: DayId, at: Instant): Promise<void>;
    windowsOf(tx: Tx, depot: DepotId): Promise<Windows>;
  };
  readonly plan: { ofDay(tx: Tx, depot: DepotId, date: PlainDate): Promise<readonly PlannedDuty[]> };
  readonly roster: {
    ofDuties(tx: Tx, duties: readonly DutyId[]): Promise<ReadonlyMap<DutyId, readonly RosteredAssignment[]>>;
  };
  readonly duties: { add(tx: Tx, duties: readonly Duty[]): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly DispatchEvent[]): Promise<void> };
};

/**
 * The plan of a depot's day becomes its operation; again it changes nothing. Refused with `depot.unknown`, and with
 * `day.roster-not-here-yet` while dispatch has not heard all of the roster: a duty would show as open that has a driver.
 */
export const activateDay =
  ({ days, plan, roster, duties, events }: ActivateDayNeeds): Command<ActivateDayInput, void> =>
  async (tx, { depot, serviceDate, roster: said, now: at }) => {
    const windows = await days.windowsOf(tx, depot);
    const { id: day, activatedAt } = await days.hold(tx, depot, serviceDate);
    if (activatedAt) return;
    await days.activate(tx, day, at);
    const planned = await plan.ofDay(tx, depot, serviceDate);
    const rostered = await roster.ofDuties(
      tx,
      planned.map(({ id }) => id),
    );
    if (said) mustBeHere(behind(said, planned, rostered).length);
    const made = planned.map((duty) => follow(activate(duty, windows, at), duty, rostered.get(duty.id) ?? []).next);
    await duties.add(tx, made);
    const running = made.filter(({ state }) => state !== "cancelled");
    const open = running.filter(isOpen).length;
    await events.record(tx, [{ type: "DayActivated", day, depot, serviceDate, duties: running.length, open, at }]);
  };

const mustBeHere = (missing: number): void => {
  if (missing > 0)
    throw unavailable(
      "day.roster-not-here-yet",
      `News of this day is still on its way (duties that wait for it: ${missing}). Try again in a moment, or activate it anyway.`,
      { retryAfter: 1 },
    );
};
