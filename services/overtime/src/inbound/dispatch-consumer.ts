import { type WorkedInterval, WorkedKind } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { dispatchTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { parseDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { Telling, WorkTold } from "../model/facts.ts";
import { weekOf } from "../model/week.ts";

export type DispatchConsumerNeeds = {
  readonly facts: { lockToTell(tx: Tx, telling: Telling): Promise<void> };
  readonly takeWorkedTime: Command<WorkTold, void>;
};

export const dispatchConsumer = ({ facts, takeWorkedTime }: DispatchConsumerNeeds) =>
  consumer({
    name: "overtime.dispatch",
    topic: dispatchTopic,
    before: (tx, batch) => {
      const told = batch.flatMap(({ type, event }) => (type === "WorkedTimeRecorded" ? [event] : []));
      return facts.lockToTell(tx, {
        drivers: told.map(({ driverId }) => parseId<DriverId>(driverId, "driver_id")),
        weeks: told.map(({ serviceDate }) => weekOf(parseDate(serviceDate, "service_date"))),
      });
    },
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
