import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { queryOptions } from "@tanstack/react-query";
import { answered, api } from "../../api/client.ts";

export type Candidate = components["schemas"]["Candidate"];

/** Who could take a duty, best first, and who could not and why. */
export const candidatesQuery = (dutyId: string) =>
  queryOptions({
    queryKey: ["candidates", dutyId],
    queryFn: ({ signal }) => answered(api.GET("/duties/{dutyId}/candidates", { params: { path: { dutyId } }, signal })),
    staleTime: 10_000,
  });
