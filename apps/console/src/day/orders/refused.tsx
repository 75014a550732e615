import { TriangleAlert } from "lucide-react";
import styles from "./orders.module.css";

/** Why an order did not go through; nothing for null. */
export const Refused = ({ why }: { why: string | null }) => (
  <div role="alert">
    {why !== null && (
      <p className={styles.refused} data-state="late">
        <TriangleAlert size={15} aria-hidden="true" />
        {why}
      </p>
    )}
  </div>
);
