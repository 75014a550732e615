import { invalid } from "@headway/kernel/domain-error";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { type BlockTrip, blocksOf } from "../model/block/block.ts";
import { activeServices, type Service } from "../model/feed/service.ts";
import type { FeedId, ServiceId } from "../model/ids.ts";
import type { RunCutter } from "../model/run/greedy-cutter.ts";
import { type Run, straightSwing, swingOf } from "../model/run/run.ts";
import type { RunLimits } from "../model/run/run-limits.ts";

export type CutRunsInput = { readonly feed: FeedId; readonly days: readonly PlainDate[]; readonly limits: RunLimits };

export type Cut = {
  readonly blocks: number;
  readonly runs: number;
  readonly straightRuns: number;
  readonly splitRuns: number;
  readonly workMinutes: number;
};

export type CutRunsNeeds = {
  readonly cutter: RunCutter;
  readonly feeds: {
    lock(tx: Tx, id: FeedId): Promise<void>;
    services(tx: Tx, id: FeedId): Promise<readonly Service[]>;
    trips(tx: Tx, id: FeedId, services: readonly ServiceId[]): Promise<readonly BlockTrip[]>;
  };
  readonly runs: {
    replace(tx: Tx, feed: FeedId, services: readonly ServiceId[], runs: readonly Run[]): Promise<void>;
  };
};

/**
 * Cuts the blocks of every service that is active on one of the days; the runs take the place of those that were there.
 * Refused with `feed.unknown`, `run-cut.no-service` or, by the cutter, `run-cut.impossible`.
 */
export const cutRuns =
  ({ cutter, feeds, runs }: CutRunsNeeds): Command<CutRunsInput, Cut> =>
  async (tx, { feed, days, limits }) => {
    await feeds.lock(tx, feed);
    const known = await feeds.services(tx, feed);
    const services = [...new Set(days.flatMap((day) => activeServices(known, day)))];
    if (services.length === 0)
      throw invalid("run-cut.no-service", `The feed runs on no day from ${days.at(0)} to ${days.at(-1)}.`, {
        field: "firstDay",
      });
    const blocks = blocksOf(await feeds.trips(tx, feed, services));
    const cut = cutter(blocks, limits);
    await runs.replace(tx, feed, services, cut);
    const splitRuns = cut.filter((run) => swingOf(run) > straightSwing).length;
    return {
      blocks: blocks.length,
      runs: cut.length,
      straightRuns: cut.length - splitRuns,
      splitRuns,
      workMinutes: cut.reduce((sum, { work }) => sum + work, 0),
    };
  };
