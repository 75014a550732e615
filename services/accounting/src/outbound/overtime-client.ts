import type { Client } from "@connectrpc/connect";
import type { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { type EmployeeId, parseId } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { FinalDay, UnpayableDay } from "../model/closing.ts";
import type { PayPeriod } from "../model/pay-period.ts";

/** What the days of a period come to, once overtime has made it final. */
export const overtimeClient = (overtime: Client<typeof OvertimeService>) => ({
  async finalise({ from, to }: PayPeriod): Promise<{ days: FinalDay[]; unpayable: UnpayableDay[] }> {
    const answer = await overtime.finalisePeriod({ firstDay: from.toString(), lastDay: to.toString() });
    return {
      days: answer.days.map((day) => ({ ...toDay(day), revision: day.revision })),
      unpayable: answer.unpayable.map((day) => ({ ...toDay(day), reason: day.reason })),
    };
  },
});

const toDay = ({ driverId, serviceDate }: { driverId: string; serviceDate: string }) => ({
  driver: parseId<EmployeeId>(driverId, "driver_id"),
  date: parseDate(serviceDate, "service_date"),
});
