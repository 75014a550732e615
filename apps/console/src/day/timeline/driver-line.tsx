import { memo } from "react";
import { gridCell, rowHeader } from "../../look/grid-roles.ts";
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
  readonly duties: readonly [Duty, ...Duty[]];
  readonly day: ServiceDay;
  readonly scale: Scale;
  readonly now: number;
};

/** A line of the board for one driver, with all of the day's duties. */
export const DriverLine = memo(({ duties, day, scale, now }: Props) => {
  const [first] = duties;
  return (
    <div className={styles.cells} data-duty={first.id}>
      <div {...rowHeader} className={styles.label}>
        <StateGlyph state={first.state} />
        <bdi className={styles.driver}>{whoText(first)}</bdi>
        <span className={styles.number}>{first.driver?.number}</span>
      </div>
      <div {...gridCell} className={styles.track} style={{ width: scale.width }}>
        {duties.map((duty) => (
          <DriverDuty key={duty.id} duty={duty} day={day} scale={scale} now={now} />
        ))}
      </div>
    </div>
  );
});

type DutyProps = Omit<Props, "duties"> & { readonly duty: Duty };

const DriverDuty = ({ duty, day, scale, now }: DutyProps) => {
  const change = useGlow(duty.id);
  const x = xOf(scale, duty.starts);
  return (
    <div data-duty={duty.id}>
      {change > 0 && <span key={change} className={styles.glow} />}
      <DutyBar duty={duty} scale={scale} title={dutySentence(day, duty, now)} />
      <span className={styles.inBar} style={{ left: x, width: xOf(scale, duty.ends) - x }}>
        <span>
          <b>{duty.run}</b> {stateText(duty, now)}
        </span>
      </span>
    </div>
  );
};
