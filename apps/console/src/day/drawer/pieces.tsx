import { Fragment } from "react";
import { ShownTime } from "../../look/shown-time.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import { showMinutes } from "../../time/show-time.ts";
import type { Duty } from "../model/duty.ts";
import styles from "./drawer.module.css";

/** The pieces of a duty in order, drawn to scale and listed, with the swings between them. */
export const Pieces = ({ duty, day }: { duty: Duty; day: ServiceDay }) => {
  const part = (seconds: number): string => `${(seconds / (duty.ends - duty.starts)) * 100}%`;
  return (
    <section className={styles.section}>
      <h3>Pieces</h3>
      <div className={styles.picture} aria-hidden="true">
        {duty.pieces.map((piece) => (
          <i
            key={piece.starts}
            style={{ left: part(piece.starts - duty.starts), width: part(piece.ends - piece.starts) }}
          />
        ))}
      </div>
      {duty.pieces.length === 0 && <p className={styles.quiet}>No pieces: work without a vehicle.</p>}
      <ol className={styles.pieces}>
        {duty.pieces.map((piece, index) => {
          const before = duty.pieces[index - 1];
          const gap = before === undefined ? 0 : piece.starts - before.ends;
          return (
            <Fragment key={piece.starts}>
              {gap > 0 && <li className={styles.swing}>{showMinutes(gap / 60)} between pieces</li>}
              <li>
                <span>
                  <ShownTime day={day} seconds={piece.starts} /> – <ShownTime day={day} seconds={piece.ends} />
                </span>
                <span>Block {piece.block}</span>
                <span className={styles.number}>{showMinutes((piece.ends - piece.starts) / 60)}</span>
              </li>
            </Fragment>
          );
        })}
      </ol>
    </section>
  );
};
