import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";

/** The rosters of a depot (null for all that the caller sees), newest period first. */
export const rostersQuery = (depotId: string | null) =>
  queryOptions({
    queryKey: ["rosters", depotId],
    queryFn: async ({ signal }) => {
      const query = { limit: 100, ...(depotId === null ? {} : { depotId }) };
      return (await answered(api.GET("/rosters", { params: { query }, signal }))).items;
    },
    staleTime: 60_000,
  });
