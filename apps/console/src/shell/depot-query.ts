import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";

/** The depots that the caller may see, by code. */
export const depotsQuery = queryOptions({
  queryKey: ["depots"],
  queryFn: async ({ signal }) => (await answered(api.GET("/depots", { signal }))).items,
  staleTime: 5 * 60_000,
});
