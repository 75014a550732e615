import type { notificationTopic } from "@headway/contracts/topics";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import type { NotificationEvent } from "../model/notification-event.ts";

/** What the model tells, as the events that others hear: that there is something to read, not what. */
export const notificationEvents = (log: EventLog<typeof notificationTopic>) => ({
  record: (tx: Tx, events: readonly NotificationEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

const toFact = ({ type, notice: { id, employee, version } }: NotificationEvent): Fact<typeof notificationTopic> => ({
  type,
  aggregate: id,
  version,
  payload: { noticeId: id, employeeId: employee },
});
