import type { Bus, BusMessage } from "@headway/messaging/bus";
import { inProcessBus } from "@headway/messaging/in-process-bus";
import { kafkaBus } from "@headway/messaging/kafka-bus";
import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { afterAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { traceparent } from "../src/circumstances.ts";
import { startTracing } from "../src/start-tracing.ts";
import { SpanKind, traced } from "../src/tracing.ts";
import { givenTiny, givenTinyDatabase, newName } from "./tiny/given-tiny.ts";

const spans: ReadableSpan[] = [];
const stopTracing = await startTracing("test", undefined, [
  { onStart: () => {}, onEnd: (span) => void spans.push(span), forceFlush: async () => {}, shutdown: async () => {} },
]);
beforeEach(() => void spans.splice(0));
afterAll(stopTracing);

const adapters: readonly [string, () => Promise<Bus>][] = [
  ["in process", async () => inProcessBus()],
  ["on Kafka", () => kafkaBus({ brokers: givenServers().brokers, clientId: "trace", onDead: () => {} })],
];

const given = async (open: () => Promise<Bus>) => {
  const bus = await open();
  const name = newName();
  const { url, drop } = await givenTinyDatabase();
  const published: BusMessage[][] = [];
  const watched: Bus = {
    ...bus,
    publish(batch) {
      published.push([...batch]);
      return bus.publish(batch);
    },
  };
  const tiny = await givenTiny({ name, bus: watched, databaseUrl: url });
  onTestFinished(async () => {
    await tiny.close();
    await drop();
  });
  const effects = () => tiny.hosted.ground.db.rows("select 1 from effect");
  return { ...tiny, name, published, effects };
};

const idOf = (span: ReadableSpan): string => span.spanContext().traceId;
const named = (name: string): ReadableSpan[] => spans.filter((span) => span.name === name);

/** A call from the edge; answers its trace. */
const fromTheEdge = (work: () => Promise<unknown>): Promise<string> =>
  traced("edge", SpanKind.SERVER, async (span) => {
    await work();
    return span.spanContext().traceId;
  });

test.each(adapters)("from the edge to the consumer there is one trace, %s", async (_where, open) => {
  const { hosted, depots, name, published, effects } = await given(open);
  await hosted.start();
  const trace = await fromTheEdge(() => depots.open("N"));
  await eventually(async () => expect(await effects()).toHaveLength(1));
  await eventually(() => expect(named(`${name}.${name} DepotOpened`)).toHaveLength(1));

  expect(new Set(spans.map(idOf))).toEqual(new Set([trace]));
  const operation = "headway.hr.v1.DepotService/OpenDepot";
  expect(named(operation).map(({ kind }) => kind)).toEqual([SpanKind.SERVER, SpanKind.CLIENT]);
  const [server] = named(operation);
  const [consumed] = named(`${name}.${name} DepotOpened`);
  expect(consumed?.kind).toBe(SpanKind.CONSUMER);
  expect(consumed?.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
  const inserts = named("postgres insert").map(({ parentSpanContext }) => parentSpanContext?.spanId);
  expect(inserts).toContain(server?.spanContext().spanId);
  expect(inserts).toContain(consumed?.spanContext().spanId);
  expect(published.flat().map(({ headers }) => headers.traceparent?.split("-")[1])).toEqual([trace]);
});

test.each(adapters)("events that travel together keep each their own trace, %s", async (_where, open) => {
  const { hosted, depots, name, published, effects } = await given(open);
  // Nothing is published before the start, so all three go out as one batch.
  const traces = [
    await fromTheEdge(() => depots.open("N")),
    await fromTheEdge(() => depots.open("S")),
    await fromTheEdge(() => depots.open("W")),
  ];
  expect(new Set(traces).size).toBe(3);
  await hosted.start();
  await eventually(async () => expect(await effects()).toHaveLength(3));
  await eventually(() => expect(named(`${name}.${name} DepotOpened`)).toHaveLength(3));
  expect(published.map((batch) => batch.map(({ headers }) => headers.traceparent?.split("-")[1]))).toEqual([traces]);
  expect(new Set(named(`${name}.${name} DepotOpened`).map(idOf))).toEqual(new Set(traces));
});

test("outside any trace nothing is traced: looking for work twice a second leaves no spans", async () => {
  const { hosted } = await given(async () => inProcessBus());
  await hosted.start();
  await hosted.ground.db.rows("select 1");
  expect(traceparent()).toBeNull();
  expect(spans).toEqual([]);
});
