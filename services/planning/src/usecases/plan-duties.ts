import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import { type DepotId, type DutyId, firstVersion, newId, nextVersion } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Duty, DutyEvent } from "../model/duty/duty.ts";
import { dutyChanges } from "../model/duty/duty-changes.ts";
import { type PlannedFeed, workOf } from "../model/duty/work-of.ts";
import { activeServices, type Service } from "../model/feed/service.ts";
import type { FeedId, ServiceId } from "../model/ids.ts";
import type { Run } from "../model/run/run.ts";

export type PlanDutiesInput = { readonly feed: FeedId; readonly days: readonly PlainDate[]; readonly now: Instant };

/** How many duties became what. */
export type Planned = {
  readonly planned: number;
  readonly changed: number;
  readonly withdrawn: number;
  readonly unchanged: number;
  readonly underWay: number;
};

export type PlanDutiesNeeds = {
  readonly feeds: {
    lock(tx: Tx, id: FeedId): Promise<void>;
    services(tx: Tx, id: FeedId): Promise<readonly Service[]>;
    toPlan(tx: Tx, id: FeedId): Promise<PlannedFeed>;
  };
  readonly runs: {
    ofServices(tx: Tx, feed: FeedId, services: readonly ServiceId[]): Promise<readonly Run[]>;
    /** Those that have trips, but no runs. */
    uncut(tx: Tx, feed: FeedId, services: readonly ServiceId[]): Promise<readonly ServiceId[]>;
  };
  readonly duties: {
    /** Those of the feed or in one of the depots. Nobody else plans until the transaction ends. */
    lock(tx: Tx, feed: FeedId, depots: readonly DepotId[], days: readonly PlainDate[]): Promise<readonly Duty[]>;
    add(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void>;
    save(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void>;
    /** Makes them the feed's; nothing of it that others hear. */
    adopt(tx: Tx, feed: FeedId, duties: readonly Duty[]): Promise<void>;
    withdraw(tx: Tx, duties: readonly Duty[]): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly DutyEvent[]): Promise<void> };
};

/**
 * Makes the duties of the days as the feed's runs and its lines' depots have them. In those depots the feed's word is the
 * last: duties that it does not have are withdrawn, whatever feed they came from.
 * Refused with `feed.unknown`, `plan.not-cut`, `plan.line-without-depot` or `plan.under-way`.
 */
export const planDuties =
  ({ feeds, runs, duties, events }: PlanDutiesNeeds): Command<PlanDutiesInput, Planned> =>
  async (tx, { feed, days, now }) => {
    await feeds.lock(tx, feed);
    const known = await feeds.services(tx, feed);
    const active = days.map((date) => ({ date, services: activeServices(known, date) }));
    const services = [...new Set(active.flatMap(({ services }) => services))];
    const [uncut] = await runs.uncut(tx, feed, services);
    if (uncut !== undefined)
      throw conflict("plan.not-cut", `Service ${uncut} runs in these days, but its blocks are not cut into runs yet.`);

    const plan = await feeds.toPlan(tx, feed);
    const wanted = workOf(plan, active, await runs.ofServices(tx, feed, services));
    const standing = await duties.lock(tx, feed, [...new Set(plan.depots.values())], days);
    const { planned, changed, withdrawn, same, underWay, adopted } = dutyChanges(standing, wanted, now);

    const added = planned.map((work): Duty => ({ ...work, id: newId<DutyId>(), version: firstVersion }));
    const saved = changed.map(({ duty, work }): Duty => ({ ...work, id: duty.id, version: nextVersion(duty.version) }));
    const gone = withdrawn.map((duty): Duty => ({ ...duty, version: nextVersion(duty.version) }));
    await duties.add(tx, feed, added);
    await duties.save(tx, feed, saved);
    await duties.adopt(tx, feed, adopted);
    await duties.withdraw(tx, gone);
    await events.record(tx, [
      ...gone.map((duty) => ({ type: "DutyWithdrawn", duty }) as const),
      ...saved.map((duty) => ({ type: "DutyChanged", duty }) as const),
      ...added.map((duty) => ({ type: "DutyPlanned", duty }) as const),
    ]);
    return {
      planned: added.length,
      changed: saved.length,
      withdrawn: gone.length,
      unchanged: same.length,
      underWay: underWay.length,
    };
  };
