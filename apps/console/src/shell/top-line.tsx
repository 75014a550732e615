import type { ReactNode } from "react";
import { SchemeSwitch } from "../look/scheme-switch.tsx";
import { AccountMenu } from "./account-menu.tsx";
import styles from "./top-line.module.css";

type Props = {
  /** Where and when the screen is. */
  readonly children?: ReactNode;
  /** What stands before light and dark and the account. */
  readonly right?: ReactNode;
};

/** The line above every screen; who looks, and the way out, are always in it. */
export const TopLine = ({ children, right }: Props) => (
  <header className={styles.line}>
    {children}
    <div className={styles.right}>
      {right}
      <SchemeSwitch />
      <AccountMenu />
    </div>
  </header>
);
