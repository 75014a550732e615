import { planningTopic } from "@headway/contracts/topics";
import { type DutyId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { consumer, ignored } from "@headway/messaging/consumer";
import type { DutyChanged } from "../model/duty-news.ts";

export type PlanningConsumerNeeds = { readonly tellOfChangedDuty: Command<DutyChanged, void> };

export const planningConsumer = ({ tellOfChangedDuty }: PlanningConsumerNeeds) =>
  consumer({
    name: "notification.planning",
    topic: planningTopic,
    on: {
      DutyChanged: (tx, { event: { duty }, version, at }) => {
        if (!duty) throw new Error("The event carries no duty.");
        const serviceDate = parseDate(duty.serviceDate, "service_date");
        return tellOfChangedDuty(tx, { duty: parseId<DutyId>(duty.id, "duty_id"), version, serviceDate, at });
      },
      DutyPlanned: ignored,
      // Scheduling takes it from whoever holds it, and tells that.
      DutyWithdrawn: ignored,
    },
  });
