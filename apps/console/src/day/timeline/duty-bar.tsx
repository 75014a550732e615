import type { CSSProperties } from "react";
import { barOf, type OpenStretch, type Stretch } from "../model/bar.ts";
import type { Duty } from "../model/duty.ts";
import type { Scale } from "../model/scale.ts";
import styles from "./duty-bar.module.css";

/** A duty on the track: its plan with pieces and swings, and over it what happened. */
export const DutyBar = ({ duty, scale, title }: { duty: Duty; scale: Scale; title: string }) => {
  const bar = barOf(duty, scale);
  const within = ({ x, width }: Stretch): CSSProperties => ({ left: x - bar.plan.x, width });
  return (
    <>
      <div
        className={styles.plan}
        data-state={duty.state}
        style={{ left: bar.plan.x, width: bar.plan.width }}
        title={title}
      >
        {bar.pieces.map((piece) => (
          <i key={piece.x} className={styles.piece} style={within(piece)} />
        ))}
        {bar.swings.map((swing) => (
          <i key={swing.x} className={styles.swing} style={within(swing)} />
        ))}
      </div>
      {bar.late !== null && (
        <i
          className={styles.strip}
          data-state={duty.state === "missed" ? "missed" : "late"}
          style={upToNow(bar.late)}
        />
      )}
      {bar.actual !== null && (
        <i
          className={styles.strip}
          data-state={duty.state === "on-break" ? "on-duty" : duty.state}
          data-moving={bar.actual.width === null}
          style={upToNow(bar.actual)}
        />
      )}
      {bar.rest !== null && <i className={styles.strip} data-state="on-break" data-moving style={upToNow(bar.rest)} />}
    </>
  );
};

/** What is not over yet ends at the now-line, which moves without drawing anything again. */
const upToNow = ({ x, width }: OpenStretch): CSSProperties => ({
  left: x,
  width: width ?? `max(0px, calc(var(--now-x) - ${x}px))`,
});
