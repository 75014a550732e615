import { type ReactNode, useEffect, useMemo, useState } from "react";
import { DayTopLine } from "../shell/day-top-line.tsx";
import { allDepots, type Place } from "../shell/place.ts";
import { Screen } from "../shell/screen.tsx";
import { runningDay } from "../time/running-day.ts";
import { openServiceDay } from "../time/service-clock.ts";
import { useNow } from "../time/use-now.ts";
import type { DayAddress } from "./day-address.ts";
import { DayBoardView } from "./day-board-view.tsx";
import type { Depot } from "./model/duty.ts";
import { standingOf } from "./model/standing.ts";
import { Banners } from "./situations/banners.tsx";
import { BoardSkeleton } from "./situations/board-skeleton.tsx";
import { NoDuties } from "./situations/no-duties.tsx";
import { Refused } from "./situations/refused.tsx";
import { type ChangeDay, closed } from "./use-day-address.ts";
import { type DayDuties, useDayDuties } from "./use-day-duties.ts";
import { useLiveDay } from "./use-live-day.ts";

type Props = {
  readonly depots: readonly Depot[];
  readonly place: Extract<Place, { kind: "depots" }>;
  readonly address: DayAddress;
  readonly change: ChangeDay;
  readonly onDepot: (code: string) => void;
};

/** A day of one or all depots: the top line, what must be known, and the board. */
export const DayScreen = ({ depots, place, address, change, onDepot }: Props) => {
  const [first] = place.depots;
  const today = runningDay(useNow(60), first.timeZone);
  const date = address.day ?? today;
  const day = useMemo(() => openServiceDay(date, first.timeZone), [date, first.timeZone]);
  const ids = useMemo(() => place.depots.map(({ id }) => id), [place]);
  const [finding, setFinding] = useState(false);
  useLiveDay(ids, date);
  const board = useDayDuties(place.depots, day);
  const name = place.all ? "All depots" : first.name;
  useEffect(() => {
    document.title = `${name}, ${date} · Headway`;
  }, [name, date]);
  const standing = standingOf(date, today);
  const chooseDay = (wanted: string | null): void => change({ day: wanted, duty: null, at: null, ...closed }, "step");
  return (
    <>
      <DayTopLine
        depots={depots}
        chosen={place.all ? allDepots : first.code}
        zone={first.timeZone}
        day={date}
        today={today}
        onDepot={onDepot}
        onDay={chooseDay}
        onSearch={board.duties.length === 0 ? null : () => setFinding(true)}
      />
      <Screen title="Day board">
        <Banners board={board} zone={first.timeZone} date={date} standing={standing} />
        <Content
          board={board}
          empty={<NoDuties date={date} depot={place.all ? null : first} today={today} onDay={chooseDay} />}
        >
          <DayBoardView
            key={`${date} ${ids.join(" ")}`}
            day={day}
            depots={place.depots}
            board={board}
            standing={standing}
            address={address}
            change={change}
            finding={finding}
            onFinding={setFinding}
          />
        </Content>
      </Screen>
    </>
  );
};

type ContentProps = { readonly board: DayDuties; readonly empty: ReactNode; readonly children: ReactNode };

const Content = ({ board, empty, children }: ContentProps) => {
  const [failed] = board.failed;
  if (!board.settled) return <BoardSkeleton />;
  if (board.loaded === 0 && failed !== undefined) return <Refused error={failed.error} onRetry={board.retry} />;
  return board.duties.length === 0 ? empty : children;
};
