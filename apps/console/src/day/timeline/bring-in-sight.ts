import type { Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

/** Pixels: what is further away than this is put in the middle, so that its neighbours are seen, too. */
const near = 120;

/** Scrolls to a row at once: all heights are known, so nothing needs to be approached step by step. */
export const bringInSight = (
  virtualizer: Virtualizer<HTMLElement, Element>,
  scroller: RefObject<HTMLElement | null>,
  row: number,
  align: "auto" | "center",
): void => {
  const { current } = scroller;
  if (current === null) return;
  const [nearest = 0] = virtualizer.getOffsetForIndex(row, "auto") ?? [];
  const jumps = align === "center" || Math.abs(nearest - current.scrollTop) > near;
  const [offset = nearest] = (jumps ? virtualizer.getOffsetForIndex(row, "center") : undefined) ?? [];
  current.scrollTop = offset;
};
