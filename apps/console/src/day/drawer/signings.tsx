import { useQueries } from "@tanstack/react-query";
import { Refusal } from "../../api/refusal.ts";
import { whatHappened } from "../../api/what-happened.ts";
import { ShownTime } from "../../look/shown-time.tsx";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { signingsQuery } from "../day-duty-query.ts";
import { signingWords } from "../model/orphaned-signing.ts";
import type { DayDuty } from "../model/patch.ts";
import { signedText } from "../model/signed-text.ts";
import styles from "./drawer.module.css";

/** What the drivers of a duty signed, newest first. */
export const Signings = ({ duty, day }: { duty: DayDuty; day: ServiceDay }) => {
  const drivers = [...new Map(duty.assignments.map(({ driverId, driverName }) => [driverId, driverName]))];
  const results = useQueries({ queries: drivers.map(([id]) => signingsQuery(id, duty.serviceDate)) });
  const error = results.find((result) => result.isError)?.error ?? null;
  const signings = results
    .flatMap(({ data }, index) => (data ?? []).map((signing) => ({ ...signing, name: drivers[index]?.[1] ?? null })))
    .filter(({ dutyId }) => dutyId === null || dutyId === duty.dutyId)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const plan = { starts: Date.parse(duty.starts), ends: Date.parse(duty.ends) };
  const waiting = results.some(({ isPending }) => isPending);
  return (
    <section className={styles.section}>
      <h3>Signings</h3>
      {waiting && <div className={styles.skeleton} role="status" aria-label="Loading" />}
      {error !== null && <p className={styles.quiet}>{refused(error)}</p>}
      {!waiting && error === null && signings.length === 0 && <p className={styles.quiet}>None so far.</p>}
      <ol className={styles.signings}>
        {signings.map(({ signingId, kind, at, name, dutyId }) => (
          <li key={signingId}>
            <ShownTime day={day} seconds={readSeconds(day, at)} />
            <span>
              {signingWords[kind]}{" "}
              <span className={styles.quiet}>
                {dutyId === null ? "fits no duty" : signedText(kind, Date.parse(at), plan)}
              </span>
            </span>
            {drivers.length > 1 && <bdi className={styles.quiet}>{name}</bdi>}
          </li>
        ))}
      </ol>
    </section>
  );
};

const refused = (error: Error): string =>
  error instanceof Refusal && error.status === 403
    ? "Signings are shown to dispatchers, payroll, auditors and administrators."
    : whatHappened(error).what;
