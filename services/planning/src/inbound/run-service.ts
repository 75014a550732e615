import type { ServiceImpl } from "@connectrpc/connect";
import type { RunLimits as LimitsDto, RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { daysBetween, type PlainDate, parseDate, parseSpan } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { type Caller, callerOf, depotsOf, mayInDepot, type Role } from "@headway/service/caller";
import type { FeedId, Terminal } from "../model/ids.ts";
import type { Run } from "../model/run/run.ts";
import { parseLimits, type RunLimits, usualLimits } from "../model/run/run-limits.ts";
import type { dutyQueries } from "../outbound/duty-repository.ts";
import type { feedQueries } from "../outbound/feed-queries.ts";
import { toDutyMessage } from "../outbound/planning-events.ts";
import type { BlockListed, runQueries, TripRuns } from "../outbound/run-queries.ts";
import type { Cut, CutRunsInput } from "../usecases/cut-runs.ts";
import type { PlanDutiesInput, Planned } from "../usecases/plan-duties.ts";

export type RunServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly cutRuns: Command<CutRunsInput, Cut>;
  readonly planDuties: Command<PlanDutiesInput, Planned>;
  readonly feeds: Pick<ReturnType<typeof feedQueries>, "lines" | "stopNames">;
  readonly runs: ReturnType<typeof runQueries>;
  readonly duties: ReturnType<typeof dutyQueries>;
};

const planners: readonly Role[] = ["planner", "admin"];
const viewers: readonly Role[] = ["dispatcher", "planner", "auditor", "admin"];
/** Days that one command may be about. */
const mostDays = 100;
/** A year and a day. */
const mostDaysListed = 367;

export const runService = (needs: RunServiceNeeds): ServiceImpl<typeof RunService> => {
  const { inTx, clock, cutRuns, planDuties, feeds, runs, duties } = needs;

  /** What is done to a feed is done to every depot that runs one of its lines. */
  const mayChange = async (caller: Caller, feed: FeedId): Promise<void> => {
    for (const { depot } of await feeds.lines(feed)) if (depot !== null) mayInDepot(caller, planners, depot);
  };

  return {
    async cutRuns(request, context) {
      const feed = toFeedId(request);
      const input = { feed, days: toDays(request), limits: toLimits(request.limits) };
      await mayChange(callerOf(context), feed);
      return inTx((tx) => cutRuns(tx, input));
    },

    async planDuties(request, context) {
      const feed = toFeedId(request);
      const input = { feed, days: toDays(request), now: clock.now() };
      await mayChange(callerOf(context), feed);
      return inTx((tx) => planDuties(tx, input));
    },

    async listBlocks(request) {
      const { items, next } = await runs.blocks(
        toFeedId(request),
        toDate(request),
        parsePage(request.page, ["text", "text"]),
      );
      return { blocks: items.map(toBlock), page: { next } };
    },

    async listRuns(request) {
      const feed = toFeedId(request);
      const { items, next } = await runs.runs(feed, toDate(request), parsePage(request.page, ["text", "text"]));
      const names = await feeds.stopNames(feed);
      return { runs: items.map((run) => toRun(run, names)), page: { next } };
    },

    listTripRuns: async (request) => ({
      trips: (await runs.tripRuns(toFeedId(request), toDate(request))).map(toTripRun),
    }),

    async listDuties(request, context) {
      const caller = callerOf(context);
      const depot = request.depotId === "" ? null : parseId<DepotId>(request.depotId, "depotId");
      if (depot) mayInDepot(caller, viewers, depot);
      const depots = depot ? [depot] : depotsOf(caller, viewers);
      const { items, next } = await duties.list({
        ...parseSpan(request, mostDaysListed),
        depots,
        page: parsePage(request.page, ["instant", "text", "text", "uuid"]),
      });
      return { duties: items.map(toDutyMessage), page: { next } };
    },
  };
};

const toFeedId = ({ feedId }: { readonly feedId: string }): FeedId => parseId<FeedId>(feedId, "feedId");
const toDate = ({ serviceDate }: { readonly serviceDate: string }) => parseDate(serviceDate, "serviceDate");

/** Refused with `field.not-a-date` or `field.out-of-range`. */
const toDays = (said: { readonly firstDay: string; readonly lastDay: string }): PlainDate[] => {
  const { from, to } = parseSpan(said, mostDays);
  return daysBetween(from, to);
};

const toLimits = (said: LimitsDto | undefined): RunLimits => {
  if (!said) return usualLimits;
  const { maxWork, maxSpread, maxPiece, minBreak, maxBreak, report, clear } = said;
  return parseLimits({ maxWork, maxSpread, maxPiece, minBreak, maxBreak, report, clear });
};

const toBlock = ({ id, service, ...same }: BlockListed) => ({ ...same, blockId: id, serviceId: service });

const toTripRun = ({ trip, service, runs }: TripRuns) => ({ tripId: trip, serviceId: service, runIds: [...runs] });

const toRun = (run: Run, names: ReadonlyMap<Terminal, string>) => ({
  serviceId: run.service,
  runId: run.id,
  line: run.line,
  starts: run.starts * 60,
  ends: run.ends * 60,
  workMinutes: run.work,
  spreadMinutes: run.ends - run.starts,
  pieces: run.pieces.map(({ block, starts, ends, from, to, trips }) => ({
    blockId: block,
    starts: starts * 60,
    ends: ends * 60,
    startPlace: names.get(from) ?? from,
    endPlace: names.get(to) ?? to,
    tripIds: [...trips],
  })),
});
