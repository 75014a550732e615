import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";

/** Signings of a depot's day that fit no assignment and wait for a person. */
export const orphanedQuery = (depotId: string, serviceDate: string) =>
  queryOptions({
    queryKey: ["orphaned-signings", depotId, serviceDate],
    queryFn: async ({ signal }) => {
      const params = { path: { depotId, serviceDate }, query: { waiting: true } };
      const call = api.GET("/depots/{depotId}/days/{serviceDate}/orphaned-signings", { params, signal });
      return (await answered(call)).items;
    },
    staleTime: 60_000,
  });
