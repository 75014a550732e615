import type { ServiceImpl } from "@connectrpc/connect";
import { ReleaseCause as ProtoCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import type { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { invalid } from "@headway/kernel/domain-error";
import { type AssignmentId, type DriverId, type DutyId, parseId, parseVersion } from "@headway/kernel/ids";
import { parseSpan } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { callerOf, isSelf, mayInDepot, type Role } from "@headway/service/caller";
import { type Held, type ReleaseCause, releaseCauses } from "../model/assignment.ts";
import type { candidateQueries } from "../outbound/candidate-queries.ts";
import type { depotQueries } from "../outbound/depot-queries.ts";
import type { rosterQueries } from "../outbound/roster-queries.ts";
import { causes } from "../outbound/scheduling-events.ts";
import type { AssignDutyInput } from "../usecases/assign-duty.ts";
import type { CoverDutyInput } from "../usecases/cover-duty.ts";
import type { Assigned } from "../usecases/give-duty.ts";
import type { ReleaseDutyInput } from "../usecases/release-duty.ts";
import { toAssignment, toCandidate, toFinding } from "./roster-messages.ts";

export type DutyCallsNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly depots: Pick<ReturnType<typeof depotQueries>, "ofDuty" | "ofDriver" | "ofAssignment">;
  readonly queries: Pick<ReturnType<typeof rosterQueries>, "ofDriver">;
  readonly assignDuty: Command<AssignDutyInput, Assigned>;
  readonly releaseDuty: Command<ReleaseDutyInput, Held>;
  readonly coverDuty: Command<CoverDutyInput, Held>;
  readonly candidates: ReturnType<typeof candidateQueries>;
};

export type DutyCalls = Pick<
  ServiceImpl<typeof RosterService>,
  "assignDuty" | "releaseDuty" | "coverDuty" | "listDriverDuties" | "listCandidates"
>;

const dispatchers: readonly Role[] = ["dispatcher", "admin"];
const assigners: readonly Role[] = ["dispatcher", "planner", "admin"];
const watchers: readonly Role[] = ["dispatcher", "planner", "auditor", "admin"];
/** A year and a day. */
const mostDays = 367;

/** One duty, one driver. */
export const dutyCalls = (needs: DutyCallsNeeds): DutyCalls => {
  const { inTx, clock, depots, queries, assignDuty, releaseDuty, coverDuty, candidates } = needs;
  return {
    async assignDuty({ dutyId, driverId }, context) {
      const input = { duty: toDutyId(dutyId), driver: parseId<DriverId>(driverId, "driverId"), now: clock.now() };
      mayInDepot(callerOf(context), assigners, await depots.ofDuty(input.duty));
      const { findings, ...held } = await inTx((tx) => assignDuty(tx, input));
      return { assignment: toAssignment(held), findings: findings.map(toFinding) };
    },

    async releaseDuty({ assignmentId, expectedVersion }, context) {
      const assignment = parseId<AssignmentId>(assignmentId, "assignmentId");
      const expected = parseVersion(expectedVersion, "expectedVersion");
      mayInDepot(callerOf(context), assigners, await depots.ofAssignment(assignment));
      return { assignment: toAssignment(await inTx((tx) => releaseDuty(tx, { assignment, expected }))) };
    },

    async coverDuty({ dutyId, driverId, cause, insteadOfDriverId }, context) {
      const input: CoverDutyInput = {
        duty: toDutyId(dutyId),
        driver: parseId<DriverId>(driverId, "driverId"),
        now: clock.now(),
        cause: toCause(cause),
        insteadOf: insteadOfDriverId === "" ? null : parseId<DriverId>(insteadOfDriverId, "insteadOfDriverId"),
      };
      mayInDepot(callerOf(context), dispatchers, await depots.ofDuty(input.duty));
      return { assignment: toAssignment(await inTx((tx) => coverDuty(tx, input))) };
    },

    async listDriverDuties({ driverId, ...said }, context) {
      const driver = parseId<DriverId>(driverId, "driverId");
      const { from, to } = parseSpan(said, mostDays);
      if (!isSelf(callerOf(context), driver)) mayInDepot(callerOf(context), watchers, await depots.ofDriver(driver));
      return { assignments: (await queries.ofDriver(driver, from, to)).map(toAssignment) };
    },

    async listCandidates({ dutyId }, context) {
      const duty = toDutyId(dutyId);
      mayInDepot(callerOf(context), assigners, await depots.ofDuty(duty));
      const { fit, leftOut } = await candidates.ofDuty(duty, clock.now());
      return { fit: fit.map(toCandidate), leftOut: leftOut.map(toCandidate) };
    },
  };
};

const toDutyId = (dutyId: string): DutyId => parseId<DutyId>(dutyId, "dutyId");

/** Somebody who is only taken off is asked by `releaseDuty`: here it means that the duty is thought to be open. */
const toCause = (said: ProtoCause): ReleaseCause | null => {
  if (said === ProtoCause.UNSPECIFIED || said === ProtoCause.UNASSIGNED) return null;
  const cause = releaseCauses.find((candidate) => causes.toProto(candidate) === said);
  if (!cause) throw invalid("field.not-allowed", "cause must say why the driver is taken off.", { field: "cause" });
  return cause;
};
