import { useQuery } from "@tanstack/react-query";
import { type DemoLoading, demoQuery } from "./demo-query.ts";

/** How far the demo metro is while it is coming in; null when it is there, or there is none. */
export const useDemoLoading = (): DemoLoading | null => {
  const { data } = useQuery(demoQuery);
  return data?.state === "loading" ? data : null;
};
