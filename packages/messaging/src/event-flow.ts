import type { Database } from "@headway/postgres/database";
import { firstIdAt, flowBegins } from "./event-age.ts";

export type EventFlow = {
  readonly recorded: readonly { readonly type: string; readonly count: number }[];
  readonly unpublished: number;
  /** Seconds since the oldest unpublished event was recorded; 0 when there is none. */
  readonly oldestSeconds: number;
  readonly consumed: readonly {
    readonly consumer: string;
    readonly topic: string;
    readonly type: string;
    readonly count: number;
  }[];
  readonly parked: number;
};

/** What went through a service's log and inbox, of the events recorded in the last week. */
export const readEventFlow = async (db: Database): Promise<EventFlow> => {
  const first = firstIdAt(flowBegins(Date.now()));
  const [recorded, consumed, now] = await Promise.all([
    db.rows<{ type: string; count: number }>(
      "select type, count(*) from event_log where id >= $1 group by type order by type",
      [first],
    ),
    db.rows<{ consumer: string; topic: string; type: string; count: number }>(
      `select consumer, topic, type, count(*) from inbox where event_id >= $1
       group by consumer, topic, type order by consumer, topic, type`,
      [first],
    ),
    readBacklog(db),
  ]);
  return { recorded, consumed, ...now };
};

/** The part of the flow that is cheap enough to be looked at all the time. */
export const readBacklog = async (db: Database): Promise<Backlog> => {
  const [now] = await db.rows<Backlog>(
    `select count(*) as unpublished, coalesce(extract(epoch from now() - min(recorded_at)), 0)::float8 as "oldestSeconds",
       (select count(*) from parked_event) as parked
     from event_log where published_at is null`,
  );
  return now ?? { unpublished: 0, oldestSeconds: 0, parked: 0 };
};

type Backlog = Pick<EventFlow, "unpublished" | "oldestSeconds" | "parked">;
