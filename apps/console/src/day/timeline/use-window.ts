import { type RefObject, useLayoutEffect } from "react";

/** Tells the lines which pixels of the track (`view` wide) are in sight, by two numbers on the scroller: nothing is drawn again. */
export const useWindow = (scroller: RefObject<HTMLElement | null>, view: number): void => {
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const tell = (): void => {
      current.style.setProperty("--from", String(Math.round(current.scrollLeft)));
      current.style.setProperty("--to", String(Math.round(current.scrollLeft + view)));
    };
    tell();
    current.addEventListener("scroll", tell, { passive: true });
    return () => current.removeEventListener("scroll", tell);
  }, [scroller, view]);
};
