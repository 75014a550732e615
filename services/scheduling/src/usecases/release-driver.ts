import type { DriverId, DutyId, RosterId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Held } from "../model/assignment.ts";
import { type Away, forbids } from "../model/away.ts";
import type { SchedulingEvent } from "../model/events.ts";
import type { Roster } from "../model/roster.ts";
import { changeOf, type RosterChange } from "../model/roster-change.ts";

export type ReleaseDriverInput = { readonly driver: DriverId; readonly away: Away };

export type ReleaseDriverNeeds = {
  readonly drivers: { lock(tx: Tx, ids: readonly DriverId[]): Promise<void> };
  readonly copies: { noteAway(tx: Tx, driver: DriverId, away: Away): Promise<void> };
  readonly duties: { lockAll(tx: Tx, ids: readonly DutyId[]): Promise<unknown> };
  readonly rosters: {
    lockAll(tx: Tx, ids: readonly RosterId[]): Promise<readonly Roster[]>;
    save(tx: Tx, change: RosterChange): Promise<void>;
  };
  /** What the driver has before them: nothing that has been signed on. */
  readonly assignments: { heldBy(tx: Tx, driver: DriverId): Promise<readonly Held[]> };
  readonly events: { record(tx: Tx, events: readonly SchedulingEvent[]): Promise<void> };
};

/** A driver cannot work: from now on they get no such duty, and lose those they have. What has been signed on stays. */
export const releaseDriver =
  ({ drivers, copies, duties, rosters, assignments, events }: ReleaseDriverNeeds): Command<ReleaseDriverInput, void> =>
  async (tx, { driver, away }) => {
    await drivers.lock(tx, [driver]);
    await copies.noteAway(tx, driver, away);
    const lost = async () => (await assignments.heldBy(tx, driver)).filter((held) => forbids(away, held));
    const before = await lost();
    await duties.lockAll(
      tx,
      before.map(({ duty }) => duty.id),
    );
    const locked = await rosters.lockAll(
      tx,
      before.map(({ assignment }) => assignment.roster),
    );
    const now = await lost();
    for (const roster of locked) {
      const theirs = now.filter(({ assignment }) => assignment.roster === roster.id);
      if (theirs.length === 0) continue;
      const change = changeOf(roster);
      for (const held of theirs) change.release(held, away.cause);
      await rosters.save(tx, change);
      await events.record(tx, change.events);
    }
  };
