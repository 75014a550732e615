import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { Temporal } from "@headway/kernel/time";
import type { Component } from "../model/component.ts";
import type { ValuedDay } from "../model/value-week.ts";

/** An interval in JSON: instants as text. */
export type IntervalRecord = { starts: string; ends: string };
type ComponentRecord = Omit<Component, "intervals"> & { intervals: IntervalRecord[] };

export type WorkedDayRecord = {
  driver_id: DriverId;
  service_date: string;
  depot_id: DepotId;
  revision: number;
  worked_minutes: number;
  components: ComponentRecord[];
};

export const workedDayColumns = "driver_id, service_date, depot_id, revision, worked_minutes, components";

export const toValuedDay = (record: WorkedDayRecord): ValuedDay => ({
  driver: record.driver_id,
  date: Temporal.PlainDate.from(record.service_date),
  depot: record.depot_id,
  revision: record.revision,
  workedMinutes: record.worked_minutes,
  components: record.components.map((component) => ({
    ...component,
    intervals: component.intervals.map(toInterval),
  })),
});

export const toInterval = ({ starts, ends }: IntervalRecord): Interval => ({
  starts: Temporal.Instant.from(starts),
  ends: Temporal.Instant.from(ends),
});
