import { useEffect } from "react";

/** What single keys do anywhere on the board, by the key's name. */
export type BoardKeys = Readonly<Record<string, () => void>>;

/** Listens for the board's keys, but not while somebody types or a dialog is open. Ctrl-K always finds. */
export const useBoardKeys = (keys: BoardKeys, onFind: () => void): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onFind();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event)) return;
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [keys, onFind]);
};

const isBusy = ({ target }: KeyboardEvent): boolean =>
  document.querySelector('[role="dialog"], [role="menu"]') !== null ||
  (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null);
