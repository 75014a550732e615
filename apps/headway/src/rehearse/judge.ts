import { readFile } from "node:fs/promises";
import { daysBetween } from "@headway/kernel/time";
import {
  type Check,
  countEvents,
  type DayMinutes,
  type EventFlow,
  everyDutyAnswered,
  everyEventConsumedOnce,
  everyTripInOneRun,
  type Work as HeldWork,
  nobodyOverlapsOrRestsTooLittle,
  type Outcome,
  type TripsOfDay,
  workedIsPaid,
} from "./checks.ts";
import type { Span } from "./cut-work.ts";
import { dayOf } from "./desk.ts";
import { type Duty, nameOf } from "./duty.ts";
import type { Headway, Schemas } from "./headway.ts";
import { payrollAddsUp } from "./payroll-check.ts";
import { baseCode, type PayrollLine, payrollSha256, readPayroll } from "./payroll-file.ts";

/** Minutes between two duties that every agreement of the rehearsal asks for (Directive 2003/88/EC). */
const leastRest = 11 * 60;

/** What is there to be judged at the end. */
export type Evidence = {
  readonly duties: ReadonlyMap<string, Duty>;
  readonly days: readonly Schemas["DayDuty"][];
  readonly trips: readonly TripsOfDay[];
  readonly flows: readonly EventFlow[];
  readonly period: Schemas["PayPeriod"];
  /** The payroll as it was read back from the disk. */
  readonly payroll: string;
  readonly wrongSignings: readonly string[];
};

/** All duties of all days as they stand at the end. */
export const daysOf = async (
  headway: Headway,
  depots: readonly string[],
  { from, to }: Span,
): Promise<Schemas["DayDuty"][]> => {
  const days: Schemas["DayDuty"][] = [];
  for (const date of daysBetween(from, to))
    for (const depot of depots) days.push(...(await dayOf(headway, depot, date.toString())));
  return days;
};

export const readBack = (file: string): Promise<string> => readFile(file, "utf8");

/** The figures that come from what has happened. */
export const measure = ({ days, trips, flows, payroll }: Evidence) => ({
  trips: trips.reduce((sum, day) => sum + day.trips.length, 0),
  events: countEvents(flows),
  late: countOf(flows, "DriverLate"),
  missed: countOf(flows, "DriverMissed"),
  replaced: countOf(flows, "ReplacementPicked"),
  openDuties: days.filter((duty) => duty.open && duty.state !== "cancelled").length,
  workedMinutes: sumOf(workedOf(days)),
  paidMinutes: sumOf(paidOf(readPayroll(payroll))),
  payrollSha256: payrollSha256(payroll),
});

/** All checks, in the order in which they are shown. */
export const judge = ({ duties, days, trips, flows, period, payroll, wrongSignings }: Evidence): Check[] => {
  const lines = readPayroll(payroll);
  const amounts = Object.values(period.amountMinor);
  return [
    everyTripInOneRun(trips),
    everyDutyAnswered([...duties.values()], outcomesOf(duties, days)),
    nobodyOverlapsOrRestsTooLittle(worksOf(duties, days), leastRest),
    workedIsPaid(workedOf(days), paidOf(lines)),
    everyEventConsumedOnce(flows),
    payrollAddsUp(lines, {
      lines: period.lines,
      baseMinutes: period.baseMinutes,
      amountMinor: amounts.reduce((sum, amount) => sum + amount, 0),
    }),
    {
      name: "every signing was taken",
      holds: wrongSignings.length === 0,
      detail: wrongSignings.length === 0 ? "none was refused or fitted nothing" : wrongSignings.slice(0, 5).join("; "),
    },
  ];
};

const countOf = (flows: readonly EventFlow[], type: string): number =>
  flows.flatMap(({ recorded }) => recorded).reduce((sum, one) => sum + (one.type === type ? one.count : 0), 0);

const sumOf = (days: readonly DayMinutes[]): number => days.reduce((sum, { minutes }) => sum + minutes, 0);

const outcomesOf = (duties: ReadonlyMap<string, Duty>, days: readonly Schemas["DayDuty"][]): Outcome[] =>
  days.flatMap(({ dutyId, state, open }) => {
    const duty = duties.get(dutyId);
    return duty ? [{ duty, state: state === "cancelled" ? "cancelled" : open ? "open" : "covered" }] : [];
  });

/** Assignments that were not given up: the planned times of those who worked, or should have to the end. */
const worksOf = (duties: ReadonlyMap<string, Duty>, days: readonly Schemas["DayDuty"][]): HeldWork[] =>
  days.flatMap(({ dutyId, assignments }) => {
    const duty = duties.get(dutyId);
    const stood = assignments.filter(({ state }) => state !== "missed" && state !== "released");
    return duty
      ? stood.map(({ driverNumber }) => ({
          number: driverNumber ?? "",
          duty: nameOf(duty),
          starts: duty.starts,
          ends: duty.ends,
        }))
      : [];
  });

const workedOf = (days: readonly Schemas["DayDuty"][]): DayMinutes[] =>
  days.flatMap(({ serviceDate, assignments }) =>
    assignments
      .filter(({ workedMinutes }) => workedMinutes > 0)
      .map(({ driverNumber, workedMinutes }) => ({
        number: driverNumber ?? "",
        date: serviceDate,
        minutes: workedMinutes,
      })),
  );

const paidOf = (lines: readonly PayrollLine[]): DayMinutes[] =>
  lines
    .filter(({ code }) => code === baseCode)
    .map(({ employee, date, minutes }) => ({ number: employee, date, minutes }));
