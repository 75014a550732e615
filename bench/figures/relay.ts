import type { BusMessage } from "@headway/messaging/bus";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import type { Figure, FigureSettings, Measurement } from "../frame/figure.ts";
import { sendBare } from "./relay/bare-kafka.ts";
import { drain } from "./relay/drain.ts";
import { fillLog } from "./relay/duty-events.ts";
import { commitToEffect, type Latency, produceToConsume } from "./relay/latency.ts";
import { drainByOutbox } from "./relay/outbox-peer.ts";
import { type EventServers, withDatabase, withEventServers } from "./relay/servers.ts";
import { type Steady, steady } from "./relay/steady.ts";

const backlog = 200_000;
/** As long as it takes the peer some seconds. */
const peersBacklog = 5000;

/** From the event log to Kafka, all at once and as it comes, and on to a consumer's effect. */
export const relay: Figure = (settings) =>
  withEventServers(async (servers) => {
    const { measurements, messages } = await drains(servers, settings);
    return [...measurements, ...(await steadily(servers, settings)), ...(await latencies(servers, messages, settings))];
  });

type Drains = { readonly measurements: readonly Measurement[]; readonly messages: readonly BusMessage[] };

const drains = async (servers: EventServers, { repeats, say }: FigureSettings): Promise<Drains> => {
  const { brokers } = servers;
  const outbox = { url: await servers.databaseFor("outbox"), brokers };
  return withDatabase(await servers.databaseFor("drain"), async (db) => {
    const fail = (error: Error): never => {
      throw error;
    };
    const bus = await kafkaBus({ brokers, clientId: "figures", onDead: fail });
    await fillLog(db, backlog / 10);
    let { batches } = await drain(db, bus, backlog / 10);
    await sendBare(brokers, batches, backlog / 10);
    const [ours, bare, peers]: [number[], number[], number[]] = [[], [], []];
    for (let repeat = 0; repeat < repeats; repeat++) {
      await fillLog(db, backlog);
      const drained = await drain(db, bus, backlog);
      batches = drained.batches;
      ours.push(drained.perSecond);
      bare.push(await sendBare(brokers, batches, backlog));
      peers.push(await drainByOutbox(outbox, batches.flat().slice(0, peersBacklog)));
      say(
        `drained ${ours.at(-1)?.toFixed(0)}, bare ${bare.at(-1)?.toFixed(0)}, peer ${peers.at(-1)?.toFixed(0)} a second`,
      );
    }
    await bus.close();
    return { measurements: toDrains(ours, bare, peers), messages: batches.flat() };
  });
};

const toDrains = (ours: number[], bare: number[], peers: number[]): Measurement[] => [
  {
    name: "drain, beside bare kafkajs",
    unit: "events/s",
    goal: { of: "ratio", is: "at least", value: 0.5 },
    ours,
    peer: { name: "bare kafkajs", values: bare },
    note: `${backlog.toLocaleString("en-GB")} DutyAssigned in the log of a durable PostgreSQL, until the last is marked. The peer sends the same messages in the same batches out of memory, one awaited sendBatch at a time.`,
  },
  {
    name: "drain, beside pg-transactional-outbox",
    unit: "events/s",
    goal: { of: "ratio", is: "at least", value: 10 },
    ours,
    peer: { name: "pg-transactional-outbox", values: peers },
    note: `The peer drains ${peersBacklog.toLocaleString("en-GB")} of the same messages by its replication listener, one at a time for each aggregate and aggregates side by side, in a process of its own.`,
  },
];

const steadily = async (servers: EventServers, { repeats, say }: FigureSettings): Promise<Measurement[]> => {
  const runs: Steady[] = [];
  await steady(servers, "steady-warm", 3);
  for (let repeat = 0; repeat < repeats; repeat++) {
    runs.push(await steady(servers, `steady-${repeat}`));
    say(`steady: ${JSON.stringify(runs.at(-1))}`);
  }
  const shown = (name: string, unit: string, read: (run: Steady) => number, goal: Measurement["goal"]) => ({
    name: `at 2,000 a second, ${name}`,
    unit,
    goal,
    ours: runs.map(read),
    peer: null,
  });
  return [
    {
      ...shown("published", "events/s", ({ perSecond }) => perSecond, { of: "ours", is: "at least", value: 1950 }),
      note: "A service in a process of its own commits 400 transactions of 5 events a second, which wake its relay; the backlog is what it had not published when the last was committed.",
    },
    shown("backlog", "events", (run) => run.backlog, { of: "ours", is: "at most", value: 500 }),
    shown("commit to Kafka p99", "ms", ({ p99 }) => p99, null),
  ];
};

const latencies = async (
  servers: EventServers,
  messages: readonly BusMessage[],
  { repeats, say }: FigureSettings,
): Promise<Measurement[]> => {
  const [ours, peers]: [Latency[], Latency[]] = [[], []];
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(await commitToEffect(servers, `effect-${repeat}`));
    peers.push(await produceToConsume(servers, `direct-${repeat}`, messages));
    say(`to effect: ${JSON.stringify(ours.at(-1))}, direct: ${JSON.stringify(peers.at(-1))}`);
  }
  const shown = (quantile: keyof Latency, goal: Measurement["goal"]) => ({
    name: `commit to consumer at 200 a second, ${quantile}`,
    unit: "ms",
    goal,
    ours: ours.map((each) => each[quantile]),
    peer: { name: "produce to consume", values: peers.map((each) => each[quantile]) },
  });
  return [
    shown("p50", null),
    {
      ...shown("p99", { of: "ratio", is: "at most", value: 2 }),
      note: "Ours: from the commit in a service's process, by relay and Kafka, to the commit of inbox and effect in another. The peer: the same messages by kafkajs alone, until they are handed to the consumer, whose offsets nobody commits.",
    },
  ];
};
