import type { DutyAssigned, DutyReleased } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { schedulingTopic } from "@headway/contracts/topics";
import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import { earlier, parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { RosterDriverInput } from "../usecases/roster-driver.ts";

export type SchedulingConsumerNeeds = { readonly rosterDriver: Command<RosterDriverInput, void> };

export const schedulingConsumer = ({ rosterDriver }: SchedulingConsumerNeeds) =>
  consumer({
    name: "dispatch.scheduling",
    topic: schedulingTopic,
    on: {
      DutyAssigned: (tx, { event, at }) =>
        rosterDriver(tx, { ...toRostered(event), news: "assigned", at: calledAt(event, at) }),
      DutyReleased: (tx, { event, at }) => rosterDriver(tx, { ...toRostered(event), news: "released", at }),
      RosterPublished: ignored,
      SwapRequested: ignored,
      SwapAccepted: ignored,
      SwapDeclined: ignored,
      SwapCancelled: ignored,
      SwapExpired: ignored,
      SwapApproved: ignored,
    },
  });

// Who is rostered by a publication is no call-in: expected at the start, however late the roster came.
const calledAt = ({ byPublication, starts }: DutyAssigned, at: Instant): Instant =>
  byPublication ? earlier(at, toInstant(starts, "starts").subtract({ hours: 24 })) : at;

const toRostered = (event: DutyAssigned | DutyReleased): Omit<RosterDriverInput, "news" | "at"> => ({
  id: parseId<AssignmentId>(event.assignmentId, "assignment_id"),
  duty: parseId<DutyId>(event.dutyId, "duty_id"),
  driver: parseId<DriverId>(event.driverId, "driver_id"),
  depot: parseId<DepotId>(event.depotId, "depot_id"),
  serviceDate: parseDate(event.serviceDate, "service_date"),
  rosterVersion: event.rosterVersion,
});
