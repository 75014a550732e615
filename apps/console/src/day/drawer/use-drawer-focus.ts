import { useEffect, useRef } from "react";
import { focusBoard } from "../keys/use-board-focus.ts";

/** Puts the focus on the drawer's head for each duty, and back to where it was when the drawer closes. */
export const useDrawerFocus = (duty: string) => {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      else focusBoard();
    };
  }, []);
  useEffect(() => {
    if (duty !== "") head.current?.focus({ preventScroll: true });
  }, [duty]);
  return head;
};
