import { useQuery } from "@tanstack/react-query";
import { showMinutes } from "../../time/show-time.ts";
import { driverWeekQuery, employeeQuery } from "../driver-query.ts";
import { type DriverWeek, driverWeekOf } from "../model/driver-week.ts";
import type { Driver } from "../model/duty.ts";
import styles from "./drawer.module.css";

type Props = { readonly driver: Driver; readonly dutyId: string; readonly date: string; readonly asking: boolean };

/** What the driver works this week, held against the contract: whether there are hours left. */
export const Hours = ({ driver, dutyId, date, asking }: Props) => {
  const week = useQuery({ ...driverWeekQuery(driver.id, date), enabled: asking });
  const employee = useQuery({ ...employeeQuery(driver.id), enabled: asking });
  const failed = week.error ?? employee.error;
  return (
    <section className={styles.section}>
      <h3>
        Hours of <bdi>{driver.name}</bdi>
      </h3>
      {(week.isPending || employee.isPending) && failed === null && (
        <div className={styles.skeleton} role="status" aria-label="Loading" />
      )}
      {failed !== null && <p className={styles.quiet}>The hours could not be had.</p>}
      {week.data !== undefined && employee.data !== undefined && (
        <Week week={driverWeekOf(week.data, employee.data.contracts, dutyId, date)} />
      )}
    </section>
  );
};

const Week = ({ week: { duty, week, contract } }: { week: DriverWeek }) => (
  <dl className={styles.hours}>
    {duty !== null && (
      <>
        <dt>Work time of this duty</dt>
        <dd>{showMinutes(duty)}</dd>
      </>
    )}
    <dt>This week</dt>
    <dd>
      {showMinutes(week)}
      {contract !== null && ` of ${showMinutes(contract)}`}
    </dd>
    {contract !== null && (
      <>
        <dt>{week > contract ? "Over the contract" : "Left in the contract"}</dt>
        <dd data-state={week > contract ? "late" : undefined}>{showMinutes(Math.abs(contract - week))}</dd>
      </>
    )}
  </dl>
);
