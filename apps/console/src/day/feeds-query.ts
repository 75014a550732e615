import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";

/** The newest timetables that were read. */
export const feedsQuery = queryOptions({
  queryKey: ["feeds"],
  queryFn: async ({ signal }) =>
    (await answered(api.GET("/feeds", { params: { query: { limit: 20 } }, signal }))).items,
  staleTime: 60_000,
});
