import { type RefObject, useEffect } from "react";
import { headwayNow, onSecond } from "../../time/headway-clock.ts";
import { type ServiceDay, secondsOf } from "../../time/service-clock.ts";
import { type Scale, xOf } from "../model/scale.ts";

/** Moves the now-line, and all bars that end at it, every second by two numbers on the scroller: nothing is drawn again. */
export const useNowLine = (scroller: RefObject<HTMLElement | null>, scale: Scale, day: ServiceDay): void => {
  useEffect(() => {
    const move = (): void => {
      const { current } = scroller;
      if (current === null) return;
      const now = secondsOf(day, headwayNow());
      const x = Math.min(scale.width, Math.max(0, xOf(scale, now)));
      current.style.setProperty("--now-x", `${x.toFixed(1)}px`);
      current.style.setProperty("--now-part", `${((x / scale.width) * 100).toFixed(2)}%`);
      current.dataset.now = now >= scale.from && now <= scale.to ? "within" : "outside";
    };
    move();
    return onSecond(move);
  }, [scroller, scale, day]);
};
