import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { remembered } from "@headway/kernel/remembered";
import { Temporal } from "@headway/kernel/time";
import type { Component } from "../model/component.ts";
import type { ValuedDay } from "../model/value-week.ts";

/** An interval in JSON: instants as text. */
export type IntervalRecord = { starts: string; ends: string };
type ComponentRecord = Omit<Component, "intervals"> & { intervals: IntervalRecord[] };

/** A day in the JSON of its driver's week. */
export type DayRecord = {
  service_date: string;
  depot_id: DepotId;
  revision: number;
  worked_minutes: number;
  components: ComponentRecord[];
};

/** Writes the days of many weeks as JSON. An instant that comes again in them, as most do, is written once. */
export const daysWriter = () => {
  const toText = remembered((at: Instant) => at.toString());
  const toIntervalRecord = ({ starts, ends }: Interval): IntervalRecord => ({
    starts: toText(starts),
    ends: toText(ends),
  });
  const toRecord = ({ date, depot, revision, workedMinutes, components }: ValuedDay): DayRecord => ({
    service_date: date.toString(),
    depot_id: depot,
    revision,
    worked_minutes: workedMinutes,
    components: components.map((component) => ({
      ...component,
      intervals: component.intervals.map(toIntervalRecord),
    })),
  });
  return (days: readonly ValuedDay[]): string => JSON.stringify(days.map(toRecord));
};

/** Reads the records of one answer. A date or an instant that comes again in it, as most do, is read once. */
export const recordReader = () => {
  const toDate = remembered((text: string) => Temporal.PlainDate.from(text));
  const toInstant = remembered((text: string) => Temporal.Instant.from(text));
  const toInterval = ({ starts, ends }: IntervalRecord): Interval => ({
    starts: toInstant(starts),
    ends: toInstant(ends),
  });
  const toValuedDay = (driver: DriverId, record: DayRecord): ValuedDay => ({
    driver,
    date: toDate(record.service_date),
    depot: record.depot_id,
    revision: record.revision,
    workedMinutes: record.worked_minutes,
    components: record.components.map((component) => ({
      ...component,
      intervals: component.intervals.map(toInterval),
    })),
  });
  return { toDate, toInterval, toValuedDay };
};
