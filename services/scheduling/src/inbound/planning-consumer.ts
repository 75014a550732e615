import type { Duty as DutyDto } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import { type DepotId, type DutyId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer } from "@headway/messaging/consumer";
import type { PlannedDuty } from "../model/duty.ts";

export type PlanningConsumerNeeds = {
  readonly planDuty: Command<PlannedDuty, void>;
  readonly withdrawDuty: Command<DutyId, void>;
};

export const planningConsumer = ({ planDuty, withdrawDuty }: PlanningConsumerNeeds) =>
  consumer({
    name: "scheduling.planning",
    topic: planningTopic,
    on: {
      DutyPlanned: (tx, { event }) => planDuty(tx, toPlannedDuty(event.duty)),
      DutyChanged: (tx, { event }) => planDuty(tx, toPlannedDuty(event.duty)),
      DutyWithdrawn: (tx, { event }) => withdrawDuty(tx, parseId<DutyId>(event.dutyId, "duty_id")),
    },
  });

const toPlannedDuty = (duty: DutyDto | undefined): PlannedDuty => {
  if (!duty) throw new Error("The event carries no duty.");
  return {
    id: parseId<DutyId>(duty.id, "id"),
    depot: parseId<DepotId>(duty.depotId, "depot_id"),
    date: parseDate(duty.serviceDate, "service_date"),
    service: duty.serviceId,
    run: duty.runId,
    worked: { starts: toInstant(duty.starts, "starts"), ends: toInstant(duty.ends, "ends") },
    work: duty.workMinutes,
    qualification: duty.qualification || null,
    version: duty.version,
  };
};
