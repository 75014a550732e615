import styles from "./board-picture.module.css";

type Row = { readonly from: number; readonly to: number; readonly swing?: number; readonly state: string };

/** A day drawn small, only to be looked at: start and end in hours, in the states of the real board. */
const rows: readonly Row[] = [
  { from: 4.2, to: 12.4, state: "done" },
  { from: 4.8, to: 13.1, state: "on-duty" },
  { from: 5.3, to: 13.6, state: "on-duty" },
  { from: 5.9, to: 18.2, swing: 10.2, state: "on-break" },
  { from: 6.4, to: 14.9, state: "on-duty" },
  { from: 7.1, to: 15.2, state: "on-duty" },
  { from: 8, to: 16.4, state: "on-duty" },
  { from: 9.5, to: 17.7, state: "on-duty" },
  { from: 11.6, to: 19.8, state: "late" },
  { from: 12.6, to: 20.5, state: "open" },
  { from: 13.2, to: 21.6, state: "covered" },
  { from: 14.1, to: 22.3, state: "covered" },
  { from: 15, to: 23.4, state: "covered" },
  { from: 16.2, to: 24.6, state: "covered" },
  { from: 17.1, to: 25.2, state: "covered" },
];
const first = 3.5;
const hours = 22.5;
const now = 12.1;

const place = (from: number, to: number) => ({
  left: `${((from - first) / hours) * 100}%`,
  width: `${((to - from) / hours) * 100}%`,
});

export const BoardPicture = () => (
  <div className={styles.picture} aria-hidden="true">
    <div className={styles.rows}>
      {rows.map((row) => (
        <div key={row.from} className={styles.row}>
          {row.swing === undefined ? (
            <span className={styles.bar} data-state={row.state} style={place(row.from, row.to)} />
          ) : (
            <>
              <span className={styles.bar} data-state={row.state} style={place(row.from, row.swing)} />
              <span className={styles.bar} data-state="covered" style={place(row.swing + 3.2, row.to)} />
            </>
          )}
        </div>
      ))}
      <span className={styles.now} style={{ left: `${((now - first) / hours) * 100}%` }} />
    </div>
  </div>
);
