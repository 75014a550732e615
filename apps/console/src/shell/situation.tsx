import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./situation.module.css";

type Props = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: ReactNode;
  /** What can be pressed now. */
  readonly actions?: ReactNode;
  readonly alert?: boolean;
};

/** A screen that has nothing to show says why, and what to do. */
export const Situation = ({ icon: Icon, title, children, actions, alert = false }: Props) => (
  <div className={styles.situation} role={alert ? "alert" : undefined}>
    <Icon size={30} strokeWidth={1.5} aria-hidden="true" />
    <h2>{title}</h2>
    <div className={styles.words}>{children}</div>
    {actions !== undefined && <div className={styles.actions}>{actions}</div>}
  </div>
);
