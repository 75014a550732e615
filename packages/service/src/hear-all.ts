import type { Bus, BusMessage } from "@headway/messaging/bus";
import { type BoundConsumer, idOf, typeOf } from "@headway/messaging/consumer";
import { handleOnce } from "@headway/messaging/inbox";
import type { Database } from "@headway/postgres/database";
import { outside } from "./circumstances.ts";
import type { Logger } from "./log.ts";
import { continued, SpanKind, traced } from "./tracing.ts";

type Needs = { readonly db: Database; readonly bus: Bus; readonly log: Logger };

/** Subscribes a service's consumers, as one group by its name. */
export const hearAll = async (
  service: string,
  consumers: readonly BoundConsumer[],
  { db, bus, log }: Needs,
): Promise<void> => {
  const topics = [...new Set(consumers.map(({ topic }) => topic))];
  if (topics.length === 0) return;
  const onParked = (consumer: string, message: BusMessage, error: unknown): void =>
    continued(message.headers.traceparent ?? null, () =>
      log.error({
        event: "event.parked",
        consumer,
        id: idOf(message),
        type: typeOf(message),
        aggregate: message.key,
        error: error instanceof Error ? error.stack : String(error),
      }),
    );
  const handle = handleOnce({ db, onParked });
  await bus.subscribe({
    group: service,
    topics,
    from: "earliest",
    onBatch: async (batch) => {
      for (const consumer of consumers) await handle(consumer, batch);
    },
  });
};

/** The consumer, with each event handled in the trace that it carries. */
export const tracedConsumer = (consumer: BoundConsumer): BoundConsumer => ({
  ...consumer,
  handle: (tx, message) =>
    continued(message.headers.traceparent ?? null, () =>
      traced(`${consumer.name} ${typeOf(message)}`, SpanKind.CONSUMER, () =>
        outside(() => consumer.handle(tx, message)),
      ),
    ),
});
