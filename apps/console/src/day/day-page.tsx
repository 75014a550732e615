import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useDemoLoading } from "../demo/use-demo-loading.ts";
import { boardRoles, hasRole } from "../session/rights.ts";
import { meQuery } from "../session/session-query.ts";
import { depotsQuery } from "../shell/depot-query.ts";
import { placeOf } from "../shell/place.ts";
import { rememberDepot, rememberedDepot } from "../shell/remembered-depot.ts";
import { Screen } from "../shell/screen.tsx";
import { TopLine } from "../shell/top-line.tsx";
import { DayScreen } from "./day-screen.tsx";
import { BoardSkeleton } from "./situations/board-skeleton.tsx";
import { NoDepots } from "./situations/no-depots.tsx";
import { NotAllowed, Refused, UnknownDepot } from "./situations/refused.tsx";
import { closed, useDayAddress } from "./use-day-address.ts";

/** The day board, for those who may see one. */
export const DayPage = () => {
  const { data: me } = useQuery(meQuery);
  if (me === undefined || hasRole(me, boardRoles))
    return <DayOfDepots mayOpen={me !== undefined && hasRole(me, ["admin"])} />;
  return (
    <WithoutDay>
      <NotAllowed />
    </WithoutDay>
  );
};

const whileNone = 4_000;

/** Finds out which depots the address means, then shows their day. */
const DayOfDepots = ({ mayOpen }: { mayOpen: boolean }) => {
  const [address, change] = useDayAddress();
  const demo = useDemoLoading();
  const {
    data: depots,
    error,
    refetch,
  } = useQuery({
    ...depotsQuery,
    refetchInterval: ({ state: { data } }) => (data?.length === 0 || demo !== null ? whileNone : false),
  });
  const place = useMemo(
    () => (depots === undefined ? null : placeOf(depots, address.depot ?? null, rememberedDepot())),
    [depots, address.depot],
  );
  const choose = (depot: string): void => {
    rememberDepot(depot);
    change({ depot, duty: null, fold: null, at: null, ...closed }, "step");
  };
  if (depots !== undefined && place?.kind === "depots")
    return <DayScreen depots={depots} place={place} address={address} change={change} onDepot={choose} />;
  return (
    <WithoutDay>
      {error !== null && depots === undefined && <Refused error={error} onRetry={() => void refetch()} />}
      {error === null && depots === undefined && <BoardSkeleton />}
      {place?.kind === "none" && <NoDepots mayOpen={mayOpen} demo={demo} />}
      {place?.kind === "unknown" && <UnknownDepot code={place.code} depots={depots ?? []} onDepot={choose} />}
    </WithoutDay>
  );
};

const WithoutDay = ({ children }: { children: ReactNode }) => (
  <>
    <TopLine />
    <Screen title="Day board">{children}</Screen>
  </>
);
