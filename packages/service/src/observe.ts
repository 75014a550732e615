import type { Bus } from "@headway/messaging/bus";
import { readBacklog } from "@headway/messaging/event-flow";
import type { Database } from "@headway/postgres/database";
import type { Metrics } from "./metrics.ts";

type Observed = { readonly db: Database; readonly bus: Bus; readonly metrics: Metrics };

/** Registers the figures that every service has. */
export const observe = (service: string, { db, bus, metrics }: Observed): void => {
  const backlog = async (figure: "oldestSeconds" | "parked") => [
    { value: (await readBacklog(db))[figure], labels: { service } },
  ];
  metrics.gauge("headway_pool_connections", "Connections of the pool, by state.", async () =>
    Object.entries(db.pool()).map(([state, value]) => ({ value, labels: { service, state } })),
  );
  metrics.gauge("headway_outbox_age_seconds", "Age of the oldest event that is not published.", () =>
    backlog("oldestSeconds"),
  );
  metrics.gauge("headway_parked_events", "Events that wait for a person, or behind one that does.", () =>
    backlog("parked"),
  );
  metrics.gauge("headway_consumer_lag", "Messages that the service has not handled yet.", async () => [
    { value: await bus.lag(service), labels: { service } },
  ]);
};
