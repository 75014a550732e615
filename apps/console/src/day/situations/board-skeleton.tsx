import styles from "./skeleton.module.css";

const lines = Array.from({ length: 24 }, (_, index) => index);

/** The board's layout before its duties have come; nothing jumps when they do. */
export const BoardSkeleton = () => (
  <div className={styles.board} role="status" aria-label="Loading the board">
    <div className={styles.strip}>
      {lines.slice(0, 7).map((line) => (
        <span key={line} />
      ))}
    </div>
    <div className={styles.body}>
      <div className={styles.timeline}>
        <div className={styles.head} />
        <div className={styles.group} />
        {lines.map((line) => (
          <div key={line} className={styles.line}>
            <span className={styles.label} />
            <span className={styles.bar} style={{ marginLeft: `${line * 1.9}%` }} />
          </div>
        ))}
      </div>
      <div className={styles.column} />
    </div>
  </div>
);
