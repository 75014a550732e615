import { type RefObject, useLayoutEffect } from "react";

/** Marks a line that scrolls sideways with `data-before` and `data-after` where there is more of it than one sees. */
export const useEdges = (element: RefObject<HTMLElement | null>): void => {
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const mark = (): void => {
      const { scrollLeft, clientWidth, scrollWidth, dataset } = current;
      dataset.before = String(scrollLeft > 1);
      dataset.after = String(scrollLeft + clientWidth < scrollWidth - 1);
    };
    mark();
    const observer = new ResizeObserver(mark);
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    current.addEventListener("scroll", mark, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", mark);
    };
  }, [element]);
};
