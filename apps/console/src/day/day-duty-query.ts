import { parseDate } from "@headway/kernel/time";
import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";
import { type DayDuty, newerDuty } from "./model/patch.ts";

/** A duty on its day with its assignments, from its owner. Missing (404) before the day is activated. */
export const fetchDayDuty = (dutyId: string, signal: AbortSignal | null = null): Promise<DayDuty> =>
  answered(api.GET("/day-duties/{dutyId}", { params: { path: { dutyId } }, signal }));

/** The same, kept for a moment; never older than what came meanwhile. */
export const dayDutyQuery = (dutyId: string) =>
  queryOptions({
    queryKey: ["day-duty", dutyId],
    queryFn: async ({ client, queryKey, signal }): Promise<DayDuty> => {
      const told = await fetchDayDuty(dutyId, signal);
      return newerDuty(client.getQueryData(queryKey), told);
    },
    staleTime: 15_000,
  });

/** What a driver signed on a service day, which goes on after midnight. */
export const signingsQuery = (driverId: string, serviceDate: string) =>
  queryOptions({
    queryKey: ["signings", driverId, serviceDate],
    queryFn: async ({ signal }) => {
      const lastDay = parseDate(serviceDate, "serviceDate").add({ days: 1 }).toString();
      const query = { firstDay: serviceDate, lastDay };
      const call = api.GET("/drivers/{driverId}/signings", { params: { path: { driverId }, query }, signal });
      return (await answered(call)).items;
    },
    staleTime: 15_000,
  });

/** Who is away from the depots on a day; at most 500, which is more than a control room can act on. */
export const absencesQuery = (depotId: string | null, serviceDate: string) =>
  queryOptions({
    queryKey: ["absences", depotId, serviceDate],
    queryFn: async ({ signal }) => {
      const query = {
        firstDay: serviceDate,
        lastDay: serviceDate,
        limit: 500,
        ...(depotId === null ? {} : { depotId }),
      };
      return (await answered(api.GET("/absences", { params: { query }, signal }))).items;
    },
    staleTime: 60_000,
  });
