import type { ServiceImpl } from "@connectrpc/connect";
import type { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { type DutyCallsNeeds, dutyCalls } from "./duty-calls.ts";
import { type RosterCallsNeeds, rosterCalls } from "./roster-calls.ts";

export type RosterServiceNeeds = RosterCallsNeeds & DutyCallsNeeds;

export const rosterService = (needs: RosterServiceNeeds): ServiceImpl<typeof RosterService> => ({
  ...rosterCalls(needs),
  ...dutyCalls(needs),
});
