import styles from "./demo.module.css";
import type { DemoLoading } from "./demo-query.ts";

/** What is being done for the demo metro right now, and how far it is. */
export const DemoProgress = ({ loading: { phase, share, note } }: { loading: DemoLoading }) => {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className={styles.progress}>
      <span className={styles.phase} role="status">
        {phase}
      </span>
      <span className={styles.note}>{note}</span>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={phase}
        {...(percent === null ? {} : { "aria-valuenow": percent })}
      >
        <i style={percent === null ? undefined : { width: `${percent}%` }} data-unknown={percent === null} />
      </div>
    </div>
  );
};
