import { Link } from "@tanstack/react-router";
import { Signpost } from "lucide-react";
import styles from "./lost.module.css";
import { Situation } from "./situation.tsx";

/** An address that leads nowhere. */
export const Lost = () => (
  <main className={styles.lost}>
    <Situation icon={Signpost} title="Nothing is here" actions={<Link to="/">Go to the first page</Link>}>
      <p>The address may be mistyped, or from a version of Headway that has more rooms.</p>
    </Situation>
  </main>
);
