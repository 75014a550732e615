import type { Client } from "@connectrpc/connect";
import type { DayTotal, OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { type EmployeeId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { FinalDay, FinalDays, UnpayableDay } from "../model/closing.ts";
import type { PayPeriod } from "../model/pay-period.ts";

/** What days come to once overtime has made a period final. */
export const overtimeClient = (overtime: Client<typeof OvertimeService>) => ({
  async finalise({ from, to }: PayPeriod): Promise<FinalDays & { unpayable: UnpayableDay[] }> {
    const answer = await overtime.finalisePeriod({ firstDay: from.toString(), lastDay: to.toString() });
    return {
      days: answer.days.map(toFinalDay),
      before: answer.before.map(toFinalDay),
      unpayable: answer.unpayable.map((day) => ({ ...toDay(day), reason: day.reason })),
    };
  },
});

const toFinalDay = (day: DayTotal): FinalDay => ({ ...toDay(day), revision: day.revision });

const toDay = ({ driverId, serviceDate }: { driverId: string; serviceDate: string }) => ({
  driver: parseId<EmployeeId>(driverId, "driver_id"),
  date: parseDate(serviceDate, "service_date"),
});
