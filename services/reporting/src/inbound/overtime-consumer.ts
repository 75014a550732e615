import { overtimeTopic } from "@headway/contracts/topics";
import { type DepotId, type DriverId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { consumer } from "@headway/messaging/consumer";
import { minutesByCode, type WorkedDay } from "../model/worked-day.ts";

export type OvertimeConsumerNeeds = { readonly workedDays: { note(tx: Tx, day: WorkedDay): Promise<void> } };

export const overtimeConsumer = ({ workedDays }: OvertimeConsumerNeeds) =>
  consumer({
    name: "reporting.overtime",
    topic: overtimeTopic,
    on: {
      WorkedDayCalculated: (tx, { event }) =>
        workedDays.note(tx, {
          driver: parseId<DriverId>(event.driverId, "driver_id"),
          serviceDate: parseDate(event.serviceDate, "service_date"),
          depot: parseId<DepotId>(event.depotId, "depot_id"),
          revision: event.revision,
          workedMinutes: event.workedMinutes,
          minutes: minutesByCode(event.components),
        }),
    },
  });
