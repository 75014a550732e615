import { showClock } from "../time/show-time.ts";
import { useNow } from "../time/use-now.ts";
import styles from "./top-line.module.css";

/** The clock on the depot's wall, and the one place where the zone is named. */
export const DepotClock = ({ zone }: { zone: string }) => {
  const now = useNow();
  return (
    <div className={styles.clock} role="timer" aria-label={`Depot time in ${zone}`}>
      <time className={styles.clockTime}>{showClock(now, zone)}</time>
      <span className={styles.zone}>{zone}</span>
    </div>
  );
};
