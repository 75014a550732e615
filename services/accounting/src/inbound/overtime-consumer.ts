import type { PayComponent as PayComponentDto } from "@headway/contracts/gen/headway/overtime/v1/events_pb";
import { toInstant } from "@headway/contracts/instant";
import { overtimeTopic } from "@headway/contracts/topics";
import { type DepotId, type DutyId, type EmployeeId, parseId } from "@headway/kernel/ids";
import { factor } from "@headway/kernel/money";
import { parseDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer } from "@headway/messaging/consumer";
import type { PayComponent, WorkedDay } from "../model/payroll-line.ts";

export type OvertimeConsumerNeeds = { readonly days: { keep(tx: Tx, day: WorkedDay): Promise<void> } };

export const overtimeConsumer = ({ days }: OvertimeConsumerNeeds) =>
  consumer({
    name: "accounting.overtime",
    topic: overtimeTopic,
    on: {
      WorkedDayCalculated: (tx, { event }) =>
        days.keep(tx, {
          driver: parseId<EmployeeId>(event.driverId, "driver_id"),
          date: parseDate(event.serviceDate, "service_date"),
          revision: event.revision,
          depot: parseId<DepotId>(event.depotId, "depot_id"),
          components: event.components.map(toComponent),
        }),
    },
  });

const toComponent = (component: PayComponentDto): PayComponent => ({
  id: component.id,
  code: component.code,
  minutes: component.minutes,
  factor: factor(component.factorThousandths),
  intervals: component.intervals.map(({ starts, ends }) => ({
    starts: toInstant(starts, "starts"),
    ends: toInstant(ends, "ends"),
  })),
  duty: component.dutyId === "" ? null : parseId<DutyId>(component.dutyId, "duty_id"),
  rule: `${component.agreement}/${component.rule}`,
  ruleVersion: component.ruleVersion,
  sentence: component.sentence,
});
