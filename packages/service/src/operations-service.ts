import type { ServiceImpl } from "@connectrpc/connect";
import type { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import type { Topic } from "@headway/contracts/topic";
import { missing } from "@headway/kernel/domain-error";
import { requireWhole } from "@headway/kernel/reading";
import type { BoundConsumer } from "@headway/messaging/consumer";
import { readEventFlow } from "@headway/messaging/event-flow";
import { replay } from "@headway/messaging/parking";
import { readLog } from "@headway/messaging/read-log";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";
import type { Jobs } from "./jobs.ts";
import type { ServiceClock } from "./rehearsal-clock.ts";

export type OperationsNeeds = {
  readonly db: Database;
  readonly topic: Topic | null;
  readonly consumers: readonly BoundConsumer[];
  readonly clock: ServiceClock;
  readonly jobs: Jobs;
};

/** What every service answers about itself; the platform mounts it beside the service's own. */
export const operationsService = ({
  db,
  topic,
  consumers,
  clock,
  jobs,
}: OperationsNeeds): ServiceImpl<typeof OperationsService> => ({
  async getEventFlow() {
    const { recorded, unpublished, consumed, parked } = await readEventFlow(db);
    const listened = consumers.flatMap(({ name, topic, types }) =>
      types.map((type) => ({ consumer: name, topic, type })),
    );
    return {
      recorded: recorded.map(({ type, count }) => ({ topic: topic?.name ?? "", type, count: BigInt(count) })),
      unpublished: BigInt(unpublished),
      consumed: listened.map((heard) => {
        const found = consumed.find(
          ({ consumer, topic, type }) => consumer === heard.consumer && topic === heard.topic && type === heard.type,
        );
        return { ...heard, count: BigInt(found?.count ?? 0) };
      }),
      parked: BigInt(parked),
    };
  },

  async listParkedEvents({ size }) {
    const parked = await db.rows<ParkedRecord>(
      "select consumer, event_id, topic, type, aggregate_id, reason, parked_at from parked_event order by place limit $1",
      [size === 0 ? 100 : requireWhole(size, 1, 500, "size")],
    );
    return { parked: parked.map(toParkedEvent) };
  },

  async replayParkedEvents({ consumer: name, aggregateId }) {
    const found = consumers.find((consumer) => consumer.name === name);
    if (!found)
      throw missing(
        "consumer.unknown",
        `There is no consumer ${name}; there are ${consumers.map(({ name }) => name).join(", ") || "none"}.`,
      );
    return replay(db, found, aggregateId === "" ? null : aggregateId);
  },

  async readEventLog({ afterPosition, size }) {
    const events = await readLog(db, Number(afterPosition), size === 0 ? 1000 : requireWhole(size, 1, 5000, "size"));
    return {
      events: events.map(({ position, id, type, aggregate, version, occurredAt, actor, payload }) => ({
        position: BigInt(position),
        eventId: id,
        type,
        aggregateId: aggregate,
        aggregateVersion: version,
        occurredAt: toTimestamp(instantOf(occurredAt)),
        actor,
        payload,
      })),
    };
  },

  async setClock({ at }) {
    await clock.set(toInstant(at, "at"));
    await jobs.runAll();
    return {};
  },

  async getClock() {
    return { at: toTimestamp(clock.now()), rehearsal: clock.rehearsal };
  },
});

type ParkedRecord = {
  consumer: string;
  event_id: string;
  topic: string;
  type: string;
  aggregate_id: string;
  reason: string;
  parked_at: string;
};

const toParkedEvent = ({ consumer, event_id, topic, type, aggregate_id, reason, parked_at }: ParkedRecord) => ({
  consumer,
  eventId: event_id,
  topic,
  type,
  aggregateId: aggregate_id,
  reason,
  parkedAt: toTimestamp(instantOf(parked_at)),
});
