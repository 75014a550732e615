import { type RefObject, useEffect } from "react";

type Board = {
  /** Ids of the duties in the order in which they stand. */
  readonly duties: readonly string[];
  readonly selected: string | null;
  /** What has the focus when keys are meant for the board. */
  readonly board: RefObject<HTMLElement | null>;
  readonly onSelect: (duty: string) => void;
  readonly onOpen: (duty: string) => void;
  /** The person wants to see more of what is at the left (-1) or right (1). */
  readonly onSideways: (direction: 1 | -1) => void;
};

const page = 20;

/** How many duties a key moves the selection by. */
const moves: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: page,
  PageUp: -page,
  End: Number.POSITIVE_INFINITY,
  Home: Number.NEGATIVE_INFINITY,
};

/** Up and down move the selection, Enter opens it, left and right look aside; arrows also from the drawer. */
export const useDutyKeys = ({ duties, selected, board, onSelect, onOpen, onSideways }: Board): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!isForBoard(event, board.current)) return;
      const by = moves[event.key];
      const next = by === undefined ? undefined : duties[placeAfter(duties, selected, by)];
      if (next !== undefined) onSelect(next);
      else if (event.key === "ArrowLeft") onSideways(-1);
      else if (event.key === "ArrowRight") onSideways(1);
      else if (event.key === "Enter" && selected !== null) onOpen(selected);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [duties, selected, board, onSelect, onOpen, onSideways]);
};

/** Without a selection, down begins at the first duty, and up too. */
const placeAfter = (duties: readonly string[], selected: string | null, by: number): number => {
  const place = selected === null ? -1 : duties.indexOf(selected);
  return Math.min(duties.length - 1, Math.max(0, place + by));
};

/** All keys on the board itself; from elsewhere only the arrows, and not from what has arrows of its own. */
const isForBoard = ({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent, board: HTMLElement | null): boolean => {
  if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement)) return false;
  if (target === board || target === document.body) return true;
  const hasArrows =
    target.closest('input, textarea, select, form, [role="dialog"], [role="menu"], [role="radiogroup"]') !== null;
  return key.startsWith("Arrow") && !hasArrows;
};
