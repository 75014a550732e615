import { Outlet } from "@tanstack/react-router";
import { DemoLine } from "../demo/demo-line.tsx";
import { Rail } from "./rail.tsx";
import styles from "./shell.module.css";

/** The frame of every screen behind the login. */
export const Shell = () => (
  <div className={styles.shell}>
    <a className="skip" href="#screen">
      Skip to the screen
    </a>
    <Rail />
    <div className={styles.screen}>
      <DemoLine />
      <Outlet />
    </div>
  </div>
);
