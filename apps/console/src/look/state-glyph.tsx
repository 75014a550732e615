import type { ReactElement } from "react";
import type { DutyState } from "../day/model/duty-state.ts";
import styles from "./state-glyph.module.css";

/** The shape of each state, so that colour is never alone. */
const shapes: Record<DutyState, ReactElement> = {
  covered: <circle cx="7" cy="7" r="4.75" className={styles.line} />,
  "on-duty": <circle cx="7" cy="7" r="5.5" className={styles.solid} />,
  "on-break": (
    <>
      <circle cx="7" cy="7" r="5.25" className={styles.line} />
      <path d="M5.4 4.8v4.4M8.6 4.8v4.4" className={styles.line} />
    </>
  ),
  late: (
    <>
      <circle cx="7" cy="7" r="5.5" className={styles.solid} />
      <path d="M7 4v3.2l2.1 1.4" className={styles.cut} />
    </>
  ),
  missed: <path d="M2.8 2.8l8.4 8.4M11.2 2.8l-8.4 8.4" className={styles.heavy} />,
  open: <circle cx="7" cy="7" r="5.25" strokeDasharray="2.4 1.72" className={styles.line} />,
  cancelled: (
    <>
      <circle cx="7" cy="7" r="5.25" className={styles.line} />
      <path d="M3.4 10.6l7.2-7.2" className={styles.line} />
    </>
  ),
  done: <path d="M2.5 7.4l3 3 6-6.6" className={styles.line} />,
  "needs-review": (
    <>
      <rect x="1.5" y="1.5" width="11" height="11" rx="2.5" className={styles.solid} />
      <path d="M5.3 5.4a1.75 1.75 0 1 1 2.6 1.5c-.6.35-.9.7-.9 1.3M7 10.1v.2" className={styles.cut} />
    </>
  ),
};

/** Decorative: say the state's word beside it. */
export const StateGlyph = ({ state, size = 14 }: { state: DutyState; size?: number }) => (
  <svg className={styles.glyph} data-state={state} viewBox="0 0 14 14" width={size} height={size} aria-hidden="true">
    {shapes[state]}
  </svg>
);
