import { memo, type PointerEvent, type RefObject, useLayoutEffect, useRef } from "react";
import type { Duty } from "../model/duty.ts";
import type { DutyState } from "../model/duty-state.ts";
import { type Profile, profileOf } from "../model/profile.ts";
import type { Scale } from "../model/scale.ts";
import styles from "./overview.module.css";

type Props = {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly duties: readonly Duty[];
  readonly scale: Scale;
  /** Pixels of the track that are in view. */
  readonly view: number;
  /** Called with the part of the day (0..1) that was pointed at. */
  readonly onPoint: (part: number) => void;
};

const height = 40;
const troubles: readonly DutyState[] = ["open", "late", "missed"];

/** The whole day in one line: how much work there is, where the trouble is, and which part is in view. For eyes only. */
export const Overview = memo(({ scroller, duties, scale, view, onPoint }: Props) => {
  const frame = useViewFrame(scroller, scale, view);
  const profile = profileOf(duties, scale);
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onPoint(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  return (
    <div
      className={styles.overview}
      style={{ width: view }}
      onPointerDown={point}
      onPointerMove={point}
      aria-hidden="true"
    >
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${profile.counts.length} ${height}`}
        preserveAspectRatio="none"
        className={styles.picture}
      >
        <path d={areaOf(profile)} className={styles.area} />
        {troubles.map((state) => (
          <path key={state} d={marksOf(duties, state, scale, profile)} data-state={state} className={styles.marks} />
        ))}
      </svg>
      <span className={styles.most}>{profile.most} at most</span>
      <i ref={frame} className={styles.window} />
      <i className={styles.now} />
    </div>
  );
});

/** Moves the frame with the scroll position, without drawing anything else. */
const useViewFrame = (scroller: RefObject<HTMLElement | null>, { width }: Scale, view: number) => {
  const frame = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const move = (): void => {
      if (frame.current === null) return;
      frame.current.style.left = `${(current.scrollLeft / width) * 100}%`;
      frame.current.style.width = `${(view / width) * 100}%`;
    };
    move();
    current.addEventListener("scroll", move, { passive: true });
    return () => current.removeEventListener("scroll", move);
  }, [scroller, width, view]);
  return frame;
};

const areaOf = ({ counts, most }: Profile): string => {
  const y = (count: number): number => height - 4 - (most === 0 ? 0 : (count / most) * (height - 12));
  const steps = counts.map((count, index) => `L${index} ${y(count).toFixed(1)}H${index + 1}`);
  return `M0 ${height}${steps.join("")}V${height}Z`;
};

const marksOf = (duties: readonly Duty[], state: DutyState, { from }: Scale, { slotSeconds }: Profile): string =>
  duties
    .filter((duty) => duty.state === state)
    .map(({ starts }) => `M${((starts - from) / slotSeconds).toFixed(1)} ${height - 7}v6`)
    .join("");
