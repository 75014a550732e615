import { queryOptions } from "@tanstack/react-query";
import { readBeside } from "../api/beside.ts";
import type { ApiDocument } from "./operations.ts";

/** The published description of the API that this console calls. */
export const documentQuery = queryOptions({
  queryKey: ["api-document"],
  queryFn: ({ signal }) => readBeside<ApiDocument>("/docs/dispatcher.json", signal),
  staleTime: Number.POSITIVE_INFINITY,
});
