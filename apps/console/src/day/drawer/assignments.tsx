import { whatHappened } from "../../api/what-happened.ts";
import { ShownMoment, ShownTime } from "../../look/shown-time.tsx";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { showMinutes } from "../../time/show-time.ts";
import { driverNameOf } from "../model/driver-name.ts";
import type { DayAssignment, DayDuty } from "../model/patch.ts";
import { pickWords } from "../model/reason-words.ts";
import type { Standing } from "../model/standing.ts";
import styles from "./drawer.module.css";

type Props = {
  readonly duty: DayDuty | undefined;
  readonly day: ServiceDay;
  /** What it means that the day is not activated, so that there is nothing to tell; null where it is. */
  readonly inactive: Standing | null;
  readonly error: unknown;
};

const words: Record<DayAssignment["state"], string> = {
  assigned: "Assigned",
  late: "Late",
  "signed-on": "Signed on",
  "on-break": "On break",
  "signed-off": "Signed off",
  missed: "Missed",
  released: "Released",
  "needs-review": "Signed off by Headway",
  verified: "Verified",
};

const wordOf = ({ state, signedOffAt }: DayAssignment): string =>
  state === "needs-review" && signedOffAt !== null ? "Signed off late" : words[state];

const untold: Record<Standing, string> = {
  planned: "This day is still a plan. Assignments show here once it is activated.",
  due: "This day is not activated. Assignments show here once it is.",
  "never-activated": "This day was never activated: nobody worked it.",
};

/** Who had the duty, newest first, and how it went. */
export const Assignments = ({ duty, day, inactive, error }: Props) => (
  <section className={styles.section}>
    <h3>Assignments</h3>
    {inactive !== null && <p className={styles.quiet}>{untold[inactive]}</p>}
    {inactive === null && error !== null && duty === undefined && (
      <p className={styles.quiet}>{whatHappened(error).what}</p>
    )}
    {inactive === null && error === null && duty === undefined && (
      <div className={styles.skeleton} role="status" aria-label="Loading" />
    )}
    {duty?.assignments.length === 0 && <p className={styles.quiet}>Nobody has been on it.</p>}
    <ol className={styles.assignments}>
      {duty?.assignments.toReversed().map((assignment) => (
        <Assignment key={assignment.id} assignment={assignment} day={day} />
      ))}
    </ol>
  </section>
);

const Assignment = ({ assignment, day }: { assignment: DayAssignment; day: ServiceDay }) => {
  const { driverNumber, signedOnAt, signedOffAt, workedMinutes, replacementReason, replacementNote, verifiedAt } =
    assignment;
  return (
    <li>
      <div className={styles.pair}>
        <bdi>{driverNameOf(assignment)}</bdi>
        <span>{wordOf(assignment)}</span>
      </div>
      <div className={styles.quiet}>
        {driverNumber}
        {signedOnAt !== null && (
          <>
            {" · on "}
            <ShownTime day={day} seconds={readSeconds(day, signedOnAt)} />
          </>
        )}
        {signedOffAt !== null && (
          <>
            {" · off "}
            <ShownTime day={day} seconds={readSeconds(day, signedOffAt)} />
          </>
        )}
        {workedMinutes > 0 && ` · worked ${showMinutes(workedMinutes)}`}
      </div>
      {verifiedAt !== null && (
        <div className={styles.quiet}>
          Verified by a person at <ShownMoment day={day} at={verifiedAt} />
        </div>
      )}
      {replacementReason !== null && (
        <div className={styles.quiet}>
          Picked as replacement: {pickWords[replacementReason]}
          {replacementNote !== null && ` · ${replacementNote}`}
        </div>
      )}
    </li>
  );
};
