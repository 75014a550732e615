import type { Client } from "@connectrpc/connect";
import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import type { Candidate, RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { DomainError } from "@headway/kernel/domain-error";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { RosterOfDay } from "../model/behind.ts";
import type { Candidates, LeftOut, Replacement, RosterAnswer } from "../model/replacement.ts";

/** What dispatch asks of the roster. */
export const schedulingClient = (roster: Client<typeof RosterService>) => ({
  async candidates(duty: DutyId): Promise<Candidates> {
    const { fit, leftOut } = await roster.listCandidates({ dutyId: duty });
    return { fit: fit.map(driverOf), leftOut: leftOut.map(toLeftOut) };
  },

  /** Who has which duty of a depot's day in the published roster. */
  async ofDay(depot: DepotId, serviceDate: PlainDate): Promise<RosterOfDay> {
    const { assignments } = await roster.listDayAssignments({ depotId: depot, serviceDate: serviceDate.toString() });
    return new Map(
      assignments.map(({ dutyId, id }) => [
        parseId<DutyId>(dutyId, "duty_id"),
        parseId<AssignmentId>(id, "assignment_id"),
      ]),
    );
  },

  /** Puts the pick on the duty. A refusal is an answer; where there is none, `unavailable` is thrown. */
  async cover({ duty, picks: [driver], insteadOf }: Replacement): Promise<RosterAnswer> {
    if (!driver) throw new Error("A replacement is wanted and nobody is picked.");
    try {
      const { assignment } = await roster.coverDuty({
        dutyId: duty,
        driverId: driver,
        // Unspecified: nobody is thought to have it, so nobody is to be taken off.
        cause: insteadOf ? ReleaseCause.MISSED : ReleaseCause.UNSPECIFIED,
        insteadOfDriverId: insteadOf ?? "",
      });
      return { kind: "covered", assignment: parseId<AssignmentId>(assignment?.id ?? "", "assignment.id"), driver };
    } catch (error) {
      if (error instanceof DomainError && error.kind !== "unavailable") return error;
      throw error;
    }
  },
});

const driverOf = ({ driverId }: Candidate): DriverId => parseId<DriverId>(driverId, "driver_id");

const toLeftOut = (candidate: Candidate): LeftOut => ({
  driver: driverOf(candidate),
  reason: candidate.findings
    .filter(({ error }) => error)
    .map(({ message }) => message)
    .join(" "),
});
