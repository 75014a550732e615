import { DemoProgress } from "../demo/demo-progress.tsx";
import { useDemoLoading } from "../demo/use-demo-loading.ts";
import { Mark } from "../look/mark.tsx";
import { SchemeSwitch } from "../look/scheme-switch.tsx";
import { BoardPicture } from "./board-picture.tsx";
import styles from "./log-in.module.css";
import { LogInForm } from "./log-in-form.tsx";

/** The way in. `ended` says that a session was over, so that nobody wonders why they are here. */
export const LogInPage = ({ ended, onLoggedIn }: { ended: boolean; onLoggedIn: () => void }) => {
  const demo = useDemoLoading();
  return (
    <div className={styles.page}>
      <main className={styles.side}>
        <div className={styles.brand}>
          <Mark size={36} />
          <span>Headway</span>
        </div>
        <div className={styles.box}>
          <h1>Log in</h1>
          <p className={styles.lead}>
            {ended
              ? "Your session has ended. Log in to go on where you were."
              : "The day, the rosters and the pay of your drivers."}
          </p>
          <LogInForm onLoggedIn={onLoggedIn} />
          {demo !== null && (
            <section className={styles.demo} aria-label="The demo metro is coming in">
              <p>The demo metro is coming in. You can log in meanwhile.</p>
              <DemoProgress loading={demo} />
            </section>
          )}
        </div>
        <div className={styles.foot}>
          <span>Drivers use the Headway app.</span>
          <SchemeSwitch />
        </div>
      </main>
      <BoardPicture />
    </div>
  );
};
