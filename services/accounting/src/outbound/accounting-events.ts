import type { accountingTopic } from "@headway/contracts/topics";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import { batchOf, type PayPeriodEvent } from "../model/pay-period.ts";

export const accountingEvents = (log: EventLog<typeof accountingTopic>) => ({
  record: (tx: Tx, events: readonly PayPeriodEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

const toFact = (event: PayPeriodEvent): Fact<typeof accountingTopic> => {
  const { id, from, to, version } = event.period;
  const payload = { payPeriodId: id, firstDay: from.toString(), lastDay: to.toString() };
  const about = { aggregate: id, version };
  switch (event.type) {
    case "PayrollCalculated": {
      const { type, lines, baseMinutes } = event;
      return { type, ...about, payload: { ...payload, lines, baseMinutes: BigInt(baseMinutes) } };
    }
    case "PayrollExported": {
      const { type, lines, sha256 } = event;
      return { type, ...about, payload: { ...payload, lines, sha256, batchId: batchOf(event.period) } };
    }
    default:
      return { type: event.type, ...about, payload };
  }
};
