import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { parseDate } from "@headway/kernel/time";
import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";

type Assignment = components["schemas"]["Assignment"];

/** What a driver holds in published rosters, between two ISO dates. */
export const driverDuties = async (
  driverId: string,
  firstDay: string,
  lastDay: string,
  signal: AbortSignal | null = null,
): Promise<readonly Assignment[]> => {
  const params = { path: { driverId }, query: { firstDay, lastDay } };
  return (await answered(api.GET("/drivers/{driverId}/duties", { params, signal }))).items;
};

/** A driver's duties of the week (Monday to Sunday) in which a service day lies. */
export const driverWeekQuery = (driverId: string, serviceDate: string) => {
  const date = parseDate(serviceDate, "serviceDate");
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  return queryOptions({
    queryKey: ["driver-week", driverId, monday.toString()],
    queryFn: ({ signal }) => driverDuties(driverId, monday.toString(), monday.add({ days: 6 }).toString(), signal),
    staleTime: 60_000,
  });
};

/** Who a driver is, with contracts and qualifications. */
export const employeeQuery = (employeeId: string) =>
  queryOptions({
    queryKey: ["employee", employeeId],
    queryFn: ({ signal }) => answered(api.GET("/employees/{employeeId}", { params: { path: { employeeId } }, signal })),
    staleTime: 5 * 60_000,
  });
