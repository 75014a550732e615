import type { DutyChanged, DutyPlanned } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import { type DutyId, parseId, parseVersion, type Version } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer, type Heard } from "@headway/messaging/consumer";
import type { PlannedDuty } from "../model/end-of-work.ts";

export type PlanningConsumerNeeds = {
  readonly copies: {
    planDuty(tx: Tx, duty: PlannedDuty): Promise<void>;
    withdrawDuty(tx: Tx, duty: DutyId, version: Version): Promise<void>;
  };
};

export const planningConsumer = ({ copies }: PlanningConsumerNeeds) => {
  const planned = (tx: Tx, heard: Heard<DutyPlanned | DutyChanged>) => copies.planDuty(tx, toPlannedDuty(heard));
  return consumer({
    name: "accounting.planning",
    topic: planningTopic,
    on: {
      DutyPlanned: planned,
      DutyChanged: planned,
      DutyWithdrawn: (tx, { event, version }) =>
        copies.withdrawDuty(tx, parseId<DutyId>(event.dutyId, "duty_id"), parseVersion(version, "version")),
    },
  });
};

const toPlannedDuty = ({ event: { duty }, version }: Heard<DutyPlanned | DutyChanged>): PlannedDuty => {
  if (!duty) throw new Error("The event carries no duty.");
  return {
    duty: parseId<DutyId>(duty.id, "duty.id"),
    date: parseDate(duty.serviceDate, "duty.service_date"),
    ends: toInstant(duty.ends, "duty.ends"),
    version: parseVersion(version, "version"),
  };
};
