import { TrainFront } from "lucide-react";
import styles from "./demo.module.css";
import { DemoProgress } from "./demo-progress.tsx";
import { useDemoLoading } from "./use-demo-loading.ts";

/** A line over every screen for as long as the demo metro is coming in. */
export const DemoLine = () => {
  const loading = useDemoLoading();
  if (loading === null) return null;
  return (
    <section className={styles.line} aria-label="The demo metro is coming in">
      <TrainFront size={16} aria-hidden="true" />
      <p>
        <strong>The demo metro is coming in.</strong>{" "}
        <span className={styles.what}>The board fills as its past hours are lived.</span>
      </p>
      <DemoProgress loading={loading} />
    </section>
  );
};
