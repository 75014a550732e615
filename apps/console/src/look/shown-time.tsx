import type { ServiceDay } from "../time/service-clock.ts";
import { showTime } from "../time/show-time.ts";
import styles from "./shown-time.module.css";

/** A service time, with its date small beside it where it is not the service day's own. */
export const ShownTime = ({ day, seconds }: { day: ServiceDay; seconds: number }) => {
  const { time, date } = showTime(day, seconds);
  return (
    <time className={styles.time}>
      {time}
      {date !== null && <small className={styles.date}>{date}</small>}
    </time>
  );
};
