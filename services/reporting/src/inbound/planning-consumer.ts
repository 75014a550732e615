import type { DutyChanged, DutyPlanned } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import { type DepotId, type DutyId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer, type Heard } from "@headway/messaging/consumer";
import type { PlannedDuty, WithdrawnDuty } from "../model/duty-plan.ts";

export type PlanningConsumerNeeds = {
  readonly plans: {
    note(tx: Tx, plan: PlannedDuty): Promise<void>;
    withdraw(tx: Tx, duty: WithdrawnDuty): Promise<void>;
  };
};

export const planningConsumer = ({ plans }: PlanningConsumerNeeds) => {
  const planned = (tx: Tx, heard: Heard<DutyPlanned | DutyChanged>) => plans.note(tx, toPlannedDuty(heard));
  return consumer({
    name: "reporting.planning",
    topic: planningTopic,
    on: {
      DutyPlanned: planned,
      DutyChanged: planned,
      DutyWithdrawn: (tx, { event, version, at }) =>
        plans.withdraw(tx, { duty: parseId<DutyId>(event.dutyId, "duty_id"), version, changedAt: at }),
    },
  });
};

const toPlannedDuty = ({ event: { duty }, version, at }: Heard<DutyPlanned | DutyChanged>): PlannedDuty => {
  if (!duty) throw new Error("The event carries no duty.");
  return {
    duty: parseId<DutyId>(duty.id, "duty.id"),
    depot: parseId<DepotId>(duty.depotId, "duty.depot_id"),
    serviceDate: parseDate(duty.serviceDate, "duty.service_date"),
    run: duty.runId,
    line: duty.line,
    worked: { starts: toInstant(duty.starts, "duty.starts"), ends: toInstant(duty.ends, "duty.ends") },
    pieces: duty.pieces.map(({ blockId, starts, ends }) => ({
      block: blockId,
      starts: toInstant(starts, "piece.starts"),
      ends: toInstant(ends, "piece.ends"),
    })),
    version,
    changedAt: at,
  };
};
