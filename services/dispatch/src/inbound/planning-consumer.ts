import type { Duty as DutyDto } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import type { Instant } from "@headway/kernel/clock";
import { invalid } from "@headway/kernel/domain-error";
import { type DepotId, type DutyId, parseId, parseVersion } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { consumer } from "@headway/messaging/consumer";
import type { PlannedDuty } from "../model/follow.ts";
import type { PlanDutyInput } from "../usecases/plan-duty.ts";
import type { WithdrawDutyInput } from "../usecases/withdraw-duty.ts";

export type PlanningConsumerNeeds = {
  readonly planDuty: Command<PlanDutyInput, void>;
  readonly withdrawDuty: Command<WithdrawDutyInput, void>;
};

export const planningConsumer = ({ planDuty, withdrawDuty }: PlanningConsumerNeeds) => {
  const plan = (tx: Tx, duty: DutyDto | undefined, version: number, at: Instant) =>
    planDuty(tx, { planned: toPlannedDuty(duty, at), version: parseVersion(version, "version") });
  return consumer({
    name: "dispatch.planning",
    topic: planningTopic,
    on: {
      DutyPlanned: (tx, { event, version, at }) => plan(tx, event.duty, version, at),
      DutyChanged: (tx, { event, version, at }) => plan(tx, event.duty, version, at),
      DutyWithdrawn: (tx, { event, version, at }) =>
        withdrawDuty(tx, {
          duty: parseId<DutyId>(event.dutyId, "duty_id"),
          version: parseVersion(version, "version"),
          at,
        }),
    },
  });
};

const toPlannedDuty = (duty: DutyDto | undefined, at: Instant): PlannedDuty => {
  if (!duty) throw invalid("field.empty", "duty must not be empty.", { field: "duty" });
  return {
    id: parseId<DutyId>(duty.id, "duty.id"),
    depot: parseId<DepotId>(duty.depotId, "duty.depot_id"),
    serviceDate: parseDate(duty.serviceDate, "duty.service_date"),
    run: duty.runId,
    line: duty.line,
    plan: {
      starts: toInstant(duty.starts, "duty.starts"),
      ends: toInstant(duty.ends, "duty.ends"),
      pieces: duty.pieces.map(({ starts, ends }) => ({
        starts: toInstant(starts, "piece.starts"),
        ends: toInstant(ends, "piece.ends"),
      })),
    },
    withdrawn: false,
    at,
  };
};
