import { type CSSProperties, memo } from "react";
import { gridCell, rowHeader } from "../../look/grid-roles.ts";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import { useGlow } from "../glow.ts";
import type { Duty } from "../model/duty.ts";
import { stateText, whoText } from "../model/lateness.ts";
import { type Scale, xOf } from "../model/scale.ts";
import { dutySentence } from "../model/sentence.ts";
import { DutyBar } from "./duty-bar.tsx";
import styles from "./line.module.css";

type Props = {
  readonly duty: Duty;
  readonly day: ServiceDay;
  readonly scale: Scale;
  /** Service seconds; only given where what is shown depends on it, so that other lines rest. */
  readonly now: number;
};

/** A line of the board for one duty: times and state at the left, then the bar with run and driver. */
export const DutyLine = memo(({ duty, day, scale, now }: Props) => {
  const change = useGlow(duty.id);
  return (
    <div className={styles.cells} data-state={duty.state} data-duty={duty.id}>
      {change > 0 && <span key={change} className={styles.glow} />}
      <div {...rowHeader} className={styles.label}>
        <StateGlyph state={duty.state} />
        <span className={styles.times}>
          <ShownTime day={day} seconds={duty.starts} />
          <span className={styles.ends}>
            –<ShownTime day={day} seconds={duty.ends} />
          </span>
        </span>
        <span className={styles.word}>{stateText(duty, now)}</span>
      </div>
      <div {...gridCell} className={styles.track} style={{ width: scale.width }}>
        <DutyBar duty={duty} scale={scale} title={dutySentence(day, duty, now)} />
        <span className={styles.text} style={placeOf(duty, scale)}>
          <b>{duty.run}</b> <bdi>{whoText(duty)}</bdi>
        </span>
      </div>
    </div>
  );
});

/** The words begin where the bar does, and show only while some of it is in sight. */
const placeOf = (duty: Duty, scale: Scale): CSSProperties => {
  const x = Math.max(0, xOf(scale, duty.starts));
  return { marginLeft: x, "--starts": Math.round(x), "--ends": Math.round(xOf(scale, duty.ends)) } as CSSProperties;
};
