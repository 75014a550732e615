import type { Virtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type RefObject, useCallback, useEffect, useMemo } from "react";
import { useDutyKeys } from "../keys/use-duty-keys.ts";
import type { Row } from "../model/rows.ts";
import { bringInSight } from "./bring-in-sight.ts";

type Grid = {
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly virtualizer: Virtualizer<HTMLElement, Element>;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Pixels of the track that are in view. */
  readonly view: number;
  readonly onSelect: (duty: string) => void;
  readonly onOpen: (duty: string) => void;
};

/** The keys of the timeline, with the selected duty in sight. A click opens, too. */
export const useGridKeys = ({ rows, selected, virtualizer, scroller, view, onSelect, onOpen }: Grid) => {
  const duties = useMemo(
    () => rows.flatMap((row) => (row.kind === "duty" ? row.duties.map(({ id }) => id) : [])),
    [rows],
  );
  const row = useMemo(
    () => rows.findIndex((one) => one.kind === "duty" && one.duties.some(({ id }) => id === selected)),
    [rows, selected],
  );
  useEffect(() => {
    if (row >= 0 && view > 0) bringInSight(virtualizer, scroller, row, "auto");
  }, [row, virtualizer, scroller, view]);
  const onSideways = useCallback(
    (direction: 1 | -1): void => scroller.current?.scrollBy({ left: (direction * view) / 4 }),
    [scroller, view],
  );
  useDutyKeys({ duties, selected, board: scroller, onSelect, onOpen, onSideways });
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const picked = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-duty]") : null;
    if (picked?.dataset.duty !== undefined) onOpen(picked.dataset.duty);
  };
  return { onClick };
};
