import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo } from "react";
import { useDutyKeys } from "../keys/use-duty-keys.ts";
import type { Duty } from "../model/duty.ts";

type Table = {
  readonly rows: readonly Duty[];
  readonly selected: string | null;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onSelect: (duty: string) => void;
  readonly onOpen: (duty: string) => void;
};

/** The keys of the table, with the selected duty in sight. */
export const useTableKeys = ({ rows, selected, virtualizer, scroller, onSelect, onOpen }: Table): void => {
  const duties = useMemo(() => rows.map(({ id }) => id), [rows]);
  const row = selected === null ? -1 : duties.indexOf(selected);
  useEffect(() => {
    if (row >= 0) virtualizer.scrollToIndex(row, { align: "auto" });
  }, [row, virtualizer]);
  const onSideways = useCallback(
    (direction: 1 | -1): void => scroller.current?.scrollBy({ left: direction * 160 }),
    [scroller],
  );
  useDutyKeys({ duties, selected, board: scroller, onSelect, onOpen, onSideways });
};
