import { readSeconds, type ServiceDay } from "../time/service-clock.ts";
import { type ShownTime as Shown, showTime, showWallTime } from "../time/show-time.ts";
import styles from "./shown-time.module.css";

/** A service time, with its date small beside it where it is not the service day's own. */
export const ShownTime = ({ day, seconds }: { day: ServiceDay; seconds: number }) => (
  <Time shown={showTime(day, seconds)} />
);

/** When somebody did something about a service day, maybe days later: by the clock on the wall. `at` is an ISO instant. */
export const ShownMoment = ({ day, at }: { day: ServiceDay; at: string }) => (
  <Time shown={showWallTime(day, readSeconds(day, at))} />
);

const Time = ({ shown: { time, date } }: { shown: Shown }) => (
  <time className={styles.time}>
    {time}
    {date !== null && <small className={styles.date}>{date}</small>}
  </time>
);
