import type { Client } from "@connectrpc/connect";
import type { EmployeeService, Rate as RateDto } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { type EmployeeId, parseId } from "@headway/kernel/ids";
import { minor } from "@headway/kernel/money";
import { parseDate } from "@headway/kernel/time";
import type { Rate } from "../model/rate.ts";

/** As many as hr takes in one call. */
const most = 5000;

export const hrClient = (employees: Client<typeof EmployeeService>) => ({
  async rates(drivers: readonly EmployeeId[]): Promise<Rate[]> {
    const all: Rate[] = [];
    for (let start = 0; start < drivers.length; start += most) {
      const { rates } = await employees.listRates({ employeeIds: drivers.slice(start, start + most) });
      all.push(...rates.map(toRate));
    }
    return all;
  },
});

const toRate = ({ employeeId, number, validFrom, hourlyRateMinor, currency }: RateDto): Rate => ({
  driver: parseId<EmployeeId>(employeeId, "employee_id"),
  employeeNumber: number,
  from: parseDate(validFrom, "valid_from"),
  hourly: minor(Number(hourlyRateMinor)),
  currency,
});
