import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import type { Row } from "../model/rows.ts";
import { bringInSight } from "./bring-in-sight.ts";

type Sight = {
  readonly rows: readonly Row[];
  readonly virtualizer: Virtualizer<HTMLElement, Element>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly selected: string | null;
  readonly following: boolean;
  readonly now: number;
  /** Counts how often the person asked to be brought back to now. */
  readonly recall: number;
};

/** Seconds. */
const justNow = 1200;

/** When a view that follows now is first shown, and whenever it is asked for, the duties that start about now stand in its middle. */
export const useFirstSight = ({ rows, virtualizer, scroller, selected, following, now, recall }: Sight): void => {
  const placed = useRef<number | null>(null);
  useEffect(() => {
    if (!following) placed.current = null;
    if (placed.current === recall || !following || rows.length === 0) return;
    placed.current = recall;
    if (selected !== null && recall === 0) return;
    const first = rows.findIndex(
      (row) => row.kind === "duty" && row.duties.some(({ starts }) => starts >= now - justNow),
    );
    if (first > 0) bringInSight(virtualizer, scroller, first, "center");
  }, [rows, virtualizer, scroller, selected, following, now, recall]);
};
