import { toTimestamp } from "@headway/contracts/instant";
import type { overtimeTopic } from "@headway/contracts/topics";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { Component } from "../model/component.ts";
import type { WorkedDayCalculated } from "../model/value-week.ts";

export const overtimeEvents = (log: EventLog<typeof overtimeTopic>) => ({
  record: (tx: Tx, events: readonly WorkedDayCalculated[]): Promise<void> => log.record(tx, events.map(toFact)),
});

/** The aggregate is the driver's day, and its version the revision. */
const toFact = ({ type, day }: WorkedDayCalculated): Fact<typeof overtimeTopic> => ({
  type,
  aggregate: `${day.driver}/${day.date}`,
  version: day.revision,
  payload: {
    driverId: day.driver,
    depotId: day.depot,
    serviceDate: day.date.toString(),
    revision: day.revision,
    workedMinutes: day.workedMinutes,
    components: day.components.map(toPayComponent),
  },
});

/** The component as other services see it. */
export const toPayComponent = (component: Component) => ({
  id: component.id,
  code: component.code,
  minutes: component.minutes,
  factorThousandths: component.factor,
  intervals: component.intervals.map(({ starts, ends }) => ({ starts: toTimestamp(starts), ends: toTimestamp(ends) })),
  agreement: component.agreement,
  rule: component.rule,
  ruleVersion: component.ruleVersion,
  sentence: component.sentence,
  dutyId: component.duty ?? "",
});
