import { memo } from "react";
import type { ClockChange } from "../../time/clock-changes.ts";
import type { ServiceDay } from "../../time/service-clock.ts";
import { showTime } from "../../time/show-time.ts";
import type { Tick } from "../model/axis.ts";
import { type Scale, xOf } from "../model/scale.ts";
import styles from "./axis.module.css";

type Props = {
  readonly day: ServiceDay;
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly changes: readonly ClockChange[];
};

/** Service time along the top, past 24:00 with the date small below. */
export const Axis = memo(({ day, scale, ticks, changes }: Props) => (
  <div className={styles.axis} style={{ width: scale.width }}>
    {ticks.map(({ seconds, x, major }) => {
      if (!major) return <i key={seconds} className={styles.fine} style={{ left: x }} />;
      const { time, date } = showTime(day, seconds);
      return (
        <span key={seconds} className={styles.tick} style={{ left: x }}>
          <time>{time}</time>
          {date !== null && <small>{date}</small>}
        </span>
      );
    })}
    {changes.map((change) => (
      <span key={change.at} className={styles.change} style={{ left: xOf(scale, change.at) }} title={explain(change)}>
        clocks {change.minutes > 0 ? "+" : "−"}
        {Math.abs(change.minutes)} min
      </span>
    ))}
  </div>
));

const explain = ({ minutes, ahead }: ClockChange): string => {
  const jump = `The clocks go ${minutes > 0 ? "forward" : "back"} by ${Math.abs(minutes)} min here.`;
  if (ahead === 0)
    return `${jump} Before it the clock on the wall differs from service time, from here on it is the same.`;
  return `${jump} From here on the clock on the wall is ${Math.abs(ahead)} min ${ahead > 0 ? "ahead of" : "behind"} service time.`;
};

/** The lines that run down from the axis, and where the clocks change. */
export const AxisLines = memo(({ ticks, changes, scale }: Omit<Props, "day">) => (
  <div className={styles.lines} aria-hidden="true">
    {ticks
      .filter(({ major }) => major)
      .map(({ seconds, x }) => (
        <i key={seconds} style={{ left: x }} data-midnight={seconds === 86_400} />
      ))}
    {changes.map(({ at }) => (
      <i key={at} style={{ left: xOf(scale, at) }} data-change />
    ))}
  </div>
));
