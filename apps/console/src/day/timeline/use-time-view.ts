import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type Scale, secondsAt, xOf } from "../model/scale.ts";

type Wanted = {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly scale: Scale;
  /** Pixels of the track that are in view. */
  readonly view: number;
  /** Service seconds at the left edge; null follows now. */
  readonly at: number | null;
  readonly now: number;
  /** The person has scrolled: the new service seconds at the left edge. */
  readonly onAt: (seconds: number) => void;
};

const settleTime = 200;
/** When following, now stands at this part of the view: more of what comes than of what was. */
const nowStands = 0.3;

/** Keeps the timeline's scroll position and the time in the address the same. Returns which page of the track is in view. */
export const useTimeView = ({ scroller, scale, view, at, now, onAt }: Wanted): number => {
  const [page, setPage] = useState(0);
  const placed = useRef(0);
  const touched = useRef(Number.NEGATIVE_INFINITY);
  const left = leftOf(scale, view, at, now);

  useLayoutEffect(() => {
    const { current } = scroller;
    const isHeld = performance.now() - touched.current < settleTime * 2;
    if (current === null || view === 0 || isHeld) return;
    if (Math.abs(current.scrollLeft - left) > scale.pixelsPerMinute) current.scrollLeft = left;
    placed.current = current.scrollLeft;
    setPage(Math.floor(current.scrollLeft / view));
  }, [scroller, scale, view, left]);

  useEffect(() => {
    const { current } = scroller;
    if (current === null || view === 0) return;
    let settling = 0;
    const settle = (): void => {
      touched.current = Number.NEGATIVE_INFINITY;
      if (Math.abs(current.scrollLeft - placed.current) < 2) return;
      placed.current = current.scrollLeft;
      onAt(secondsAt(scale, current.scrollLeft));
    };
    const scrolled = (): void => {
      // While a hand is on it, the view does not follow now.
      if (Math.abs(current.scrollLeft - placed.current) >= 2) touched.current = performance.now();
      setPage(Math.floor(current.scrollLeft / view));
      window.clearTimeout(settling);
      settling = window.setTimeout(settle, settleTime);
    };
    current.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      window.clearTimeout(settling);
      current.removeEventListener("scroll", scrolled);
    };
  }, [scroller, scale, view, onAt]);

  return page;
};

/** Where the left edge of the view belongs on the track; on another day than today that is where the day begins. */
const leftOf = (scale: Scale, view: number, at: number | null, now: number): number => {
  const elsewhere = now < scale.from || now > scale.to;
  const wanted = at === null ? (elsewhere ? 0 : xOf(scale, now) - view * nowStands) : xOf(scale, at);
  return Math.min(Math.max(0, wanted), Math.max(0, scale.width - view));
};
