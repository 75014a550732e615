import { quantile } from "../../frame/spread.ts";
import { forked } from "../forked.ts";
import type { EventServers } from "./servers.ts";
import type { Committed, Committing } from "./service-process.ts";

const pace = { perSecond: 2000, seconds: 15 };

export type Steady = {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
  /** Committed and not published, when the last was committed. */
  readonly backlog: number;
};

/** A service that records 2,000 events a second: what its relay brings to Kafka meanwhile. */
export const steady = async (
  { brokers, databaseFor }: EventServers,
  name: string,
  seconds = pace.seconds,
): Promise<Steady> => {
  const url = await databaseFor(name);
  const service = forked<Committing, Committed>(new URL("service-process.ts", import.meta.url));
  try {
    const asked = { url, brokers, topic: "headway.steady.v1", pace: { ...pace, seconds }, together: 5 };
    return toSteady(await service.ask(asked));
  } finally {
    await service.end();
  }
};

const toSteady = ({ committed, published }: Committed): Steady => {
  // What a process does first is not what it does all day.
  const first = committed.length / 5;
  const began = committed[first] ?? 0;
  const ended = Math.max(...committed);
  const during = published.filter((at) => at > began && at <= ended).length;
  return {
    perSecond: (1000 * during) / (ended - began),
    p99: quantile(
      published.slice(first).map((at, index) => at - (committed[first + index] ?? 0)),
      0.99,
    ),
    backlog: published.filter((at) => at > ended).length,
  };
};
