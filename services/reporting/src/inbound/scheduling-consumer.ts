import { toInstant } from "@headway/contracts/instant";
import { schedulingTopic } from "@headway/contracts/topics";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { NoteHoldingInput } from "../usecases/note-holding.ts";

export type SchedulingConsumerNeeds = { readonly noteHolding: Command<NoteHoldingInput, void> };

export const schedulingConsumer = ({ noteHolding }: SchedulingConsumerNeeds) =>
  consumer({
    name: "reporting.scheduling",
    topic: schedulingTopic,
    on: {
      DutyAssigned: (tx, { event, at }) => {
        const duty = parseId<DutyId>(event.dutyId, "duty_id");
        return noteHolding(tx, {
          duty,
          fact: {
            type: "assigned",
            at,
            assignment: parseId<AssignmentId>(event.assignmentId, "assignment_id"),
            duty,
            driver: parseId<DriverId>(event.driverId, "driver_id"),
            depot: parseId<DepotId>(event.depotId, "depot_id"),
            serviceDate: parseDate(event.serviceDate, "service_date"),
            worked: { starts: toInstant(event.starts, "starts"), ends: toInstant(event.ends, "ends") },
            rosterVersion: event.rosterVersion,
          },
        });
      },
      DutyReleased: (tx, { event, at }) =>
        noteHolding(tx, {
          duty: parseId<DutyId>(event.dutyId, "duty_id"),
          fact: { type: "released", at, assignment: parseId<AssignmentId>(event.assignmentId, "assignment_id") },
        }),
      RosterPublished: ignored,
      SwapRequested: ignored,
      SwapAccepted: ignored,
      SwapDeclined: ignored,
      SwapCancelled: ignored,
      SwapExpired: ignored,
      SwapApproved: ignored,
    },
  });
