import { parseServiceTime } from "@headway/kernel/service-day";
import { useMemo } from "react";
import { useIsNarrow } from "../look/use-is-narrow.ts";
import { type ServiceDay, secondsOf } from "../time/service-clock.ts";
import { useNow } from "../time/use-now.ts";
import type { DayAddress } from "./day-address.ts";
import type { Duty } from "./model/duty.ts";
import { counts, figuresOf } from "./model/figures.ts";
import { type Grouping, rowsOf } from "./model/rows.ts";
import { spanOf } from "./model/scale.ts";

const step = 5;

/** What the address makes of a day's duties: which are shown, in which rows, over which time. */
export const useBoardView = (
  day: ServiceDay,
  duties: readonly Duty[],
  address: DayAddress,
  selected: string | null,
) => {
  const narrow = useIsNarrow();
  const now = secondsOf(day, useNow(step));
  const grouping: Grouping = address.group ?? "line";
  const { show, fold = "" } = address;
  // Only this figure changes by the clock alone.
  const asOf = show === "next-hour" ? now : 0;
  const shown = useMemo(
    () => (show === undefined ? duties : duties.filter((duty) => counts(show, duty, asOf))),
    [duties, show, asOf],
  );
  const rows = useMemo(
    () => rowsOf(shown, grouping, new Set(fold.split(",").filter((key) => key !== ""))),
    [shown, grouping, fold],
  );
  const span = useSpan(duties);
  return {
    now,
    grouping,
    shown,
    rows,
    span,
    sums: useMemo(() => figuresOf(duties, now), [duties, now]),
    zoom: address.zoom ?? (narrow ? (240 as const) : ("day" as const)),
    at: address.at === undefined ? null : parseServiceTime(`${address.at}:00`, "at"),
    selected: duties.find(({ id }) => id === selected) ?? null,
  };
};

export type BoardView = ReturnType<typeof useBoardView>;

/** The same object while the hours are the same, so that the axis is not drawn again for every change of a duty. */
const useSpan = (duties: readonly Duty[]) => {
  const { from, to } = useMemo(() => spanOf(duties), [duties]);
  return useMemo(() => ({ from, to }), [from, to]);
};
