import type { ServiceImpl } from "@connectrpc/connect";
import type { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { type DepotId, parseId, parseVersion, type RosterId } from "@headway/kernel/ids";
import { requireWhole } from "@headway/kernel/reading";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { callerOf, depotsOf, mayInDepot, type Role } from "@headway/service/caller";
import type { Roster } from "../model/roster.ts";
import type { depotQueries } from "../outbound/depot-queries.ts";
import type { rosterQueries } from "../outbound/roster-queries.ts";
import type { Filled, FillRosterInput } from "../usecases/fill-roster.ts";
import type { OpenRosterInput } from "../usecases/open-roster.ts";
import type { PublishRosterInput } from "../usecases/publish-roster.ts";
import { toAssignment, toRoster } from "./roster-messages.ts";

export type RosterCallsNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "ofRoster">;
  readonly queries: Pick<ReturnType<typeof rosterQueries>, "get" | "list" | "lines" | "ofDay">;
  readonly openRoster: Command<OpenRosterInput, Roster>;
  readonly fillRoster: Command<FillRosterInput, Filled>;
  readonly publishRoster: Command<PublishRosterInput, Roster>;
};

export type RosterCalls = Pick<
  ServiceImpl<typeof RosterService>,
  "openRoster" | "getRoster" | "listRosters" | "fillRoster" | "publishRoster" | "listAssignments" | "listDayAssignments"
>;

const planners: readonly Role[] = ["planner", "admin"];
const viewers: readonly Role[] = ["dispatcher", "planner", "hr", "auditor", "admin"];

/** Rosters as a whole. */
export const rosterCalls = (needs: RosterCallsNeeds): RosterCalls => {
  const { inTx, clock, depots, queries, openRoster, fillRoster, publishRoster } = needs;
  return {
    async openRoster({ depotId, firstDay, lastDay }, context) {
      const depot = parseId<DepotId>(depotId, "depotId");
      mayInDepot(callerOf(context), planners, depot);
      const input = { depot, from: parseDate(firstDay, "firstDay"), to: parseDate(lastDay, "lastDay") };
      const { id } = await inTx((tx) => openRoster(tx, input));
      return { roster: toRoster(await queries.get(id)) };
    },

    async getRoster({ rosterId }, context) {
      const roster = await queries.get(parseId<RosterId>(rosterId, "rosterId"));
      mayInDepot(callerOf(context), viewers, roster.roster.depot);
      return { roster: toRoster(roster) };
    },

    async listRosters({ depotId, page }, context) {
      const caller = callerOf(context);
      const depot = depotId === "" ? null : parseId<DepotId>(depotId, "depotId");
      if (depot) mayInDepot(caller, viewers, depot);
      const wanted = depot ? [depot] : depotsOf(caller, viewers);
      const { items, next } = await queries.list(wanted, parsePage(page, ["date", "uuid"]));
      return { rosters: items.map(toRoster), page: { next } };
    },

    async fillRoster(request, context) {
      const input = { ...toRosterInput(request), now: clock.now() };
      mayInDepot(callerOf(context), planners, await depots.ofRoster(input.roster));
      const { assigned, open } = await inTx((tx) => fillRoster(tx, input));
      return { roster: toRoster(await queries.get(input.roster)), assigned, open };
    },

    async publishRoster(request, context) {
      const input = { ...toRosterInput(request), now: clock.now() };
      mayInDepot(callerOf(context), planners, await depots.ofRoster(input.roster));
      await inTx((tx) => publishRoster(tx, input));
      return { roster: toRoster(await queries.get(input.roster)) };
    },

    async listAssignments({ rosterId, rosterVersion, page }, context) {
      const { roster } = await queries.get(parseId<RosterId>(rosterId, "rosterId"));
      mayInDepot(callerOf(context), viewers, roster.depot);
      const version = requireWhole(rosterVersion, 0, roster.current, "rosterVersion") || roster.current;
      const { items, next } = await queries.lines(roster, version, parsePage(page, ["instant", "uuid"]));
      return { assignments: items.map(toAssignment), page: { next } };
    },

    async listDayAssignments({ depotId, serviceDate }, context) {
      const depot = parseId<DepotId>(depotId, "depotId");
      mayInDepot(callerOf(context), viewers, depot);
      const lines = await queries.ofDay(depot, parseDate(serviceDate, "serviceDate"));
      return { assignments: lines.map(toAssignment) };
    },
  };
};

const toRosterInput = (said: { readonly rosterId: string; readonly expectedVersion: number }) => ({
  roster: parseId<RosterId>(said.rosterId, "rosterId"),
  expected: parseVersion(said.expectedVersion, "expectedVersion"),
});
