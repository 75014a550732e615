import { type WorkedInterval, WorkedKind } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { dispatchTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { WorkTold } from "../model/facts.ts";

export type DispatchConsumerNeeds = { readonly takeWorkedTime: Command<WorkTold, void> };

export const dispatchConsumer = ({ takeWorkedTime }: DispatchConsumerNeeds) =>
  consumer({
    name: "overtime.dispatch",
    topic: dispatchTopic,
    on: {
      WorkedTimeRecorded: (tx, { event, version }) =>
        takeWorkedTime(tx, {
          assignment: parseId<AssignmentId>(event.assignmentId, "assignment_id"),
          driver: parseId<DriverId>(event.driverId, "driver_id"),
          duty: parseId<DutyId>(event.dutyId, "duty_id"),
          depot: parseId<DepotId>(event.depotId, "depot_id"),
          date: parseDate(event.serviceDate, "service_date"),
          work: event.intervals.filter(({ kind }) => kind === WorkedKind.WORK).map(toInterval),
          version,
        }),
      DayActivated: ignored,
      DriverSignedOn: ignored,
      DriverLate: ignored,
      DriverMissed: ignored,
      BreakStarted: ignored,
      BreakEnded: ignored,
      DriverSignedOff: ignored,
      // The worked time that it leads to is recorded with it.
      WorkedTimeVerified: ignored,
      ReplacementPicked: ignored,
      DutyCancelled: ignored,
      DutyReactivated: ignored,
      SigningOrphaned: ignored,
      SigningMatched: ignored,
      SigningDismissed: ignored,
    },
  });

const toInterval = ({ starts, ends }: WorkedInterval): Interval => ({
  starts: toInstant(starts, "starts"),
  ends: toInstant(ends, "ends"),
});
