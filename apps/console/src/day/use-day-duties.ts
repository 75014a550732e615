import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { isDenied } from "../api/refusal.ts";
import { useLiveState } from "../live/live-status.ts";
import type { ServiceDay } from "../time/service-clock.ts";
import { boardQuery } from "./board-query.ts";
import { type BoardsRead, makeBoardReader } from "./board-reader.ts";
import type { Depot } from "./model/duty.ts";

/** The boards of some depots as one. */
export type DayDuties = BoardsRead & {
  /** Depots whose board has come. */
  readonly loaded: number;
  /** Each board has come or failed: nothing will jump any more. */
  readonly settled: boolean;
  /** Depots whose board could not be had, with the reason. */
  readonly failed: readonly { readonly depot: Depot; readonly error: unknown }[];
  /** When the oldest of the boards was fetched (epoch milliseconds of this machine). */
  readonly fetchedAt: number;
  readonly retry: () => void;
};

const whileLive = 60_000;
const whileNot = 10_000;

/** Loads the boards and keeps asking: seldom while messages come in, often while they do not. */
export const useDayDuties = (depots: readonly Depot[], day: ServiceDay): DayDuties => {
  const client = useQueryClient();
  const live = useLiveState();
  const pause = live?.kind === "live" ? whileLive : whileNot;
  // Who may not see it now is not asked for again every few seconds.
  const refetchInterval = ({ state: { error } }: { state: { error: unknown } }) => (isDenied(error) ? false : pause);
  const results = useQueries({
    queries: depots.map(({ id }) => ({ ...boardQuery(client, id, day.date), refetchInterval })),
  });
  const boards = results.map(({ data }) => data);
  const readBoards = useMemo(() => makeBoardReader(day), [day]);
  const { duties, inactive } = readBoards(depots, boards);
  return {
    duties,
    loaded: boards.filter((board) => board !== undefined).length,
    settled: results.every(({ data, error }) => data !== undefined || error !== null),
    inactive,
    failed: depots.flatMap((depot, index) => {
      const error = results[index]?.error ?? null;
      return error === null ? [] : [{ depot, error }];
    }),
    fetchedAt: Math.min(...results.map(({ dataUpdatedAt }) => dataUpdatedAt)),
    retry: () => void Promise.all(results.map(({ refetch }) => refetch())),
  };
};
