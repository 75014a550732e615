import { type LoggedEvent, OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { toInstant } from "@headway/contracts/instant";
import { topics } from "@headway/contracts/topics";
import type { BusMessage } from "@headway/messaging/bus";
import type { Ground } from "@headway/service/service";
import type { LogStretch } from "./shadow.ts";

const stretch = 2000;

/** The services' own logs, as messages like those that the bus brings. */
export const logReader =
  (call: Ground["call"]) =>
  async (service: string, after: bigint): Promise<LogStretch> => {
    const topic = topicOf(service);
    const { events } = await call(OperationsService, service).readEventLog({ afterPosition: after, size: stretch });
    return {
      messages: events.map((event) => toMessage(topic, event)),
      last: events.at(-1)?.position ?? after,
      isEnd: events.length < stretch,
    };
  };

/** `headway.hr.v1` for hr. */
const topicOf = (service: string): string => {
  const found = topics.find((topic) => topic.service === service);
  if (!found) throw new Error(`${service} tells nothing.`);
  return found.name;
};

const toMessage = (topic: string, event: LoggedEvent): BusMessage => ({
  topic,
  key: event.aggregateId,
  headers: {
    ce_id: event.eventId,
    ce_type: event.type,
    ce_subject: event.aggregateId,
    ce_time: toInstant(event.occurredAt, "occurred_at").toString(),
    ce_aggregateversion: String(event.aggregateVersion),
    ce_actor: event.actor,
  },
  value: event.payload,
});
