import {
  type DutyAssigned as DutyAssignedDto,
  type DutyReleased as DutyReleasedDto,
  ReleaseCause as ProtoCause,
  type SwapRequested,
} from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { schedulingTopic } from "@headway/contracts/topics";
import { wordsOf } from "@headway/contracts/words";
import { type AssignmentId, type DriverId, type DutyId, parseId, type RosterId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer, type Heard, ignored } from "@headway/messaging/consumer";
import type { DutyAssigned, DutyReleased, ReleaseCause } from "../model/duty-news.ts";
import type { SwapFact, SwapId } from "../model/swap-news.ts";
import type { TellOfSwapInput } from "../usecases/tell-of-swap.ts";

export type SchedulingConsumerNeeds = {
  readonly tellOfAssignedDuty: Command<DutyAssigned, void>;
  readonly tellOfReleasedDuty: Command<DutyReleased, void>;
  readonly tellOfSwap: Command<TellOfSwapInput, void>;
};

export const schedulingConsumer = ({ tellOfAssignedDuty, tellOfReleasedDuty, tellOfSwap }: SchedulingConsumerNeeds) => {
  const tellSwap = (kind: SwapFact["kind"]) => (tx: Tx, heard: Heard<SwapDto>) => tellOfSwap(tx, toSwap(kind, heard));
  return consumer({
    name: "notification.scheduling",
    topic: schedulingTopic,
    on: {
      DutyAssigned: (tx, heard) => tellOfAssignedDuty(tx, toAssigned(heard)),
      DutyReleased: (tx, heard) => tellOfReleasedDuty(tx, toReleased(heard)),
      SwapRequested: tellSwap("swap-requested"),
      SwapAccepted: tellSwap("swap-accepted"),
      SwapDeclined: tellSwap("swap-declined"),
      SwapCancelled: tellSwap("swap-cancelled"),
      SwapExpired: tellSwap("swap-expired"),
      SwapApproved: tellSwap("swap-approved"),
      // Each driver hears of it by the first of their assignments that comes with it.
      RosterPublished: ignored,
    },
  });
};

const causes = wordsOf<ReleaseCause, ProtoCause>({
  unassigned: ProtoCause.UNASSIGNED,
  absence: ProtoCause.ABSENCE,
  missed: ProtoCause.MISSED,
  swap: ProtoCause.SWAP,
  "cancelled-duty": ProtoCause.CANCELLED_DUTY,
  terminated: ProtoCause.TERMINATED,
  moved: ProtoCause.MOVED,
});

const toAssigned = ({ event, at }: Heard<DutyAssignedDto>): DutyAssigned => ({
  ...toHeld(event),
  at,
  roster: parseId<RosterId>(event.rosterId, "roster_id"),
  byPublication: event.byPublication,
});

const toReleased = ({ event, at }: Heard<DutyReleasedDto>): DutyReleased => ({
  ...toHeld(event),
  at,
  cause: causes.toWord(event.cause),
});

const toHeld = (event: DutyAssignedDto | DutyReleasedDto) => ({
  duty: parseId<DutyId>(event.dutyId, "duty_id"),
  assignment: parseId<AssignmentId>(event.assignmentId, "assignment_id"),
  driver: parseId<DriverId>(event.driverId, "driver_id"),
  serviceDate: parseDate(event.serviceDate, "service_date"),
  rosterVersion: event.rosterVersion,
});

type SwapDto = Pick<SwapRequested, "swapId" | "requestedBy" | "requestedOf">;

const toSwap = (kind: SwapFact["kind"], { event, at }: Heard<SwapDto>): TellOfSwapInput => ({
  kind,
  swap: parseId<SwapId>(event.swapId, "swap_id"),
  requestedBy: parseId<DriverId>(event.requestedBy, "requested_by"),
  requestedOf: parseId<DriverId>(event.requestedOf, "requested_of"),
  at,
});
