import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answered, api } from "../api/client.ts";
import { setHeadwayClock } from "../time/headway-clock.ts";
import { freshDuties } from "./fresh-duties.ts";
import { glow } from "./glow.ts";
import { changedDuties, type DayBoard, keepFresh } from "./model/patch.ts";

export const boardKey = (depotId: string, serviceDate: string) => ["board", depotId, serviceDate] as const;

/** The day board of a depot. What changed against the board held before glows. */
export const boardQuery = (client: QueryClient, depotId: string, serviceDate: string) =>
  queryOptions({
    queryKey: boardKey(depotId, serviceDate),
    queryFn: async ({ signal }): Promise<DayBoard> => {
      const path = { depotId, serviceDate };
      const fetched = await answered(
        api.GET("/depots/{depotId}/days/{serviceDate}/board", { params: { path }, signal }),
      );
      setHeadwayClock(fetched.now);
      const held = client.getQueryData<DayBoard>(boardKey(depotId, serviceDate));
      const board = keepFresh(fetched, held, freshDuties());
      if (held !== undefined) glow(changedDuties(held, board));
      return board;
    },
    staleTime: 30_000,
  });
