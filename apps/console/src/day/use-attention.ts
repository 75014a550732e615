import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { hasRole, type Role } from "../session/rights.ts";
import { meQuery } from "../session/session-query.ts";
import type { ServiceDay } from "../time/service-clock.ts";
import type { BoardsRead } from "./board-reader.ts";
import { absencesQuery } from "./day-duty-query.ts";
import { type Attention, attentionOf } from "./model/attention.ts";
import type { Depot } from "./model/duty.ts";
import type { OrphanedSigning } from "./model/orphaned-signing.ts";
import { orphanedQuery } from "./orphaned-query.ts";

/** What of this day needs a person now. */
export const useAttention = (
  depots: readonly Depot[],
  day: ServiceDay,
  { duties, inactive }: BoardsRead,
  now: number,
): readonly Attention[] => {
  const [first, ...others] = depots;
  const { data: absences } = useQuery(absencesQuery(others.length === 0 ? (first?.id ?? null) : null, day.date));
  const orphaned = useOrphaned(depots, day.date);
  return useMemo(
    () => attentionOf({ day, duties, inactive, absences: absences ?? [], orphaned }, now),
    [day, duties, inactive, absences, orphaned, now],
  );
};

/** As `listOrphanedSignings` says; planners do not see them. */
const seeOrphaned: readonly Role[] = ["dispatcher", "payroll", "auditor", "admin"];

const useOrphaned = (depots: readonly Depot[], date: string): readonly OrphanedSigning[] => {
  const { data: me } = useQuery(meQuery);
  return useQueries({
    queries: depots.map(({ id }) => ({
      ...orphanedQuery(id, date),
      enabled: me !== undefined && hasRole(me, seeOrphaned, id),
    })),
    combine: together,
  });
};

const together = (results: readonly { readonly data: OrphanedSigning[] | undefined }[]): readonly OrphanedSigning[] =>
  results.flatMap(({ data }) => data ?? []);
