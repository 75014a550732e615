import { useEffect, useRef } from "react";

/** Marks what has the focus when keys are meant for the board: the timeline, or the table. */
export const boardMark = { "data-board": true, tabIndex: 0 } as const;

/** Puts the focus on the board, wherever it is. */
export const focusBoard = (): void => document.querySelector<HTMLElement>("[data-board]")?.focus();

/** Keeps the focus on the board when timeline and table change places: what had it is gone then. */
export const useBoardFocus = (view: string | undefined): void => {
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    if (document.activeElement === document.body) focusBoard();
  }, [view]);
};
