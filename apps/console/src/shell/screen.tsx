import type { ReactNode } from "react";
import styles from "./shell.module.css";

/** The content of a screen, with its name for those who hear it. */
export const Screen = ({ title, children }: { title: string; children: ReactNode }) => (
  <main id="screen" className={styles.content} tabIndex={-1}>
    <h1 className="unseen">{title}</h1>
    {children}
  </main>
);
