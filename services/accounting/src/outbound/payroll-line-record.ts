import type { DepotId, DutyId, EmployeeId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Factor, Minor } from "@headway/kernel/money";
import { Temporal } from "@headway/kernel/time";
import type { PayrollLine, PayrollLineId } from "../model/payroll-line.ts";

/** An interval in JSON: instants as text. */
export type IntervalRecord = { starts: string; ends: string };

export type LineRecord = {
  id: PayrollLineId;
  driver_id: EmployeeId;
  employee_no: string;
  work_date: string;
  depot_id: DepotId;
  cost_centre: string;
  component: string;
  revision: number;
  kind: PayrollLine["kind"];
  code: string;
  minutes: number;
  factor: Factor;
  rate_minor: Minor;
  amount_minor: Minor;
  currency: string;
  duty_id: DutyId | null;
  rule: string;
  rule_version: number;
  sentence: string;
  intervals: IntervalRecord[];
  corrects: PayrollLineId | null;
};

export const lineColumns = `id, driver_id, employee_no, work_date, depot_id, cost_centre, component, revision, kind, code,
  minutes, factor, rate_minor, amount_minor, currency, duty_id, rule, rule_version, sentence, intervals, corrects`;

export const toLine = (record: LineRecord): PayrollLine => ({
  id: record.id,
  driver: record.driver_id,
  employeeNumber: record.employee_no,
  date: Temporal.PlainDate.from(record.work_date),
  depot: record.depot_id,
  costCentre: record.cost_centre,
  component: record.component,
  revision: record.revision,
  kind: record.kind,
  code: record.code,
  minutes: record.minutes,
  factor: record.factor,
  hourly: record.rate_minor,
  amount: record.amount_minor,
  currency: record.currency,
  duty: record.duty_id,
  rule: record.rule,
  ruleVersion: record.rule_version,
  sentence: record.sentence,
  intervals: record.intervals.map(toInterval),
  corrects: record.corrects,
});

export const toRecord = (line: PayrollLine): LineRecord => ({
  id: line.id,
  driver_id: line.driver,
  employee_no: line.employeeNumber,
  work_date: line.date.toString(),
  depot_id: line.depot,
  cost_centre: line.costCentre,
  component: line.component,
  revision: line.revision,
  kind: line.kind,
  code: line.code,
  minutes: line.minutes,
  factor: line.factor,
  rate_minor: line.hourly,
  amount_minor: line.amount,
  currency: line.currency,
  duty_id: line.duty,
  rule: line.rule,
  rule_version: line.ruleVersion,
  sentence: line.sentence,
  intervals: line.intervals.map(({ starts, ends }) => ({ starts: starts.toString(), ends: ends.toString() })),
  corrects: line.corrects,
});

export const toInterval = ({ starts, ends }: IntervalRecord): Interval => ({
  starts: Temporal.Instant.from(starts),
  ends: Temporal.Instant.from(ends),
});
