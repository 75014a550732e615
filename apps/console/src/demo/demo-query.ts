import { queryOptions } from "@tanstack/react-query";
import { readBeside } from "../api/beside.ts";

/** How far the demo metro is on its way in: `share` (0 to 1) of the phase, null where unknown. */
export type DemoLoading = {
  readonly state: "loading";
  readonly phase: string;
  readonly share: number | null;
  readonly note: string;
};
type Demo = DemoLoading | { readonly state: "living" };

const askEvery = 1_500;

/** The demo metro on its way in; null where this Headway has none. Asked for only as long as something may come of it. */
export const demoQuery = queryOptions({
  queryKey: ["demo"],
  queryFn: ({ signal }) => readBeside<Demo>("/demo", signal),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: false,
  refetchInterval: ({ state: { data } }) => (data?.state === "loading" ? askEvery : false),
});
