import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useMemo } from "react";
import type { Row } from "../model/rows.ts";

const dutyHeight = 28;
const groupHeight = 34;

/** The rows that are drawn: those in view, and the head of the group that they belong to, which stays in sight as long as they do. */
export const useLines = (rows: readonly Row[], scroller: RefObject<HTMLElement | null>, headHeight: number) => {
  const heads = useMemo(() => rows.flatMap((row, index) => (row.kind === "group" ? [index] : [])), [rows]);
  const headOf = useCallback((index: number): number => heads.findLast((head) => head <= index) ?? 0, [heads]);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      const head = headOf(range.startIndex);
      return drawn.includes(head) || rows.length === 0 ? drawn : [head, ...drawn];
    },
    [headOf, rows],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "group" ? groupHeight : dutyHeight),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : `${row.kind}:${row.key}`;
    },
    overscan: 10,
    scrollPaddingStart: headHeight + groupHeight,
    scrollPaddingEnd: dutyHeight,
    scrollMargin: headHeight,
    rangeExtractor,
    useFlushSync: false,
  });
  const heightOfGroup = (head: number): number => {
    const until = heads.find((next) => next > head) ?? rows.length;
    return groupHeight + (until - head - 1) * dutyHeight;
  };
  return { virtualizer, heightOfGroup };
};
