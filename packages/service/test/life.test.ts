import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { topic } from "@headway/contracts/topic";
import { hrTopic } from "@headway/contracts/topics";
import { systemClock } from "@headway/kernel/clock";
import { newId } from "@headway/kernel/ids";
import { eventLog } from "@headway/messaging/event-log";
import { type Database, openDatabase } from "@headway/postgres/database";
import { eventually } from "@headway/testkit/eventually";
import { givenServers } from "@headway/testkit/given-servers";
import { Kafka, logLevel } from "kafkajs";
import { describe, expect, type TestContext, test } from "vitest";
import { depotsAt, givenTinyDatabase, newName } from "./tiny/given-tiny.ts";
import { runToItsEnd, startTinyProcess, tinyEnvironment } from "./tiny/tiny-process.ts";

const given = async ({ onTestFinished }: TestContext) => {
  const name = newName();
  const { url, drop } = await givenTinyDatabase();
  const db = openDatabase({ url, name: "test", most: 4 });
  const admin = new Kafka({ brokers: givenServers().brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  onTestFinished(async () => {
    await admin.disconnect();
    await db.close();
    await drop();
  });
  return { name, db, admin, environment: tinyEnvironment(name, url) };
};

const count = async (db: Database, of: string): Promise<number> =>
  (await db.rows<{ count: number }>(`select count(*) from ${of}`))[0]?.count ?? -1;

/** Opens depots in eight lanes until the service takes no more; answers the ids of those that it said it had opened. */
const load = async (depots: ReturnType<typeof depotsAt>): Promise<readonly string[]> => {
  const opened: string[] = [];
  const lane = async (): Promise<void> => {
    for (;;) opened.push((await depots.open("N")).depot?.id ?? "");
  };
  await Promise.allSettled(Array.from({ length: 8 }, lane));
  return opened;
};

describe.concurrent("the process of a service", () => {
  test("that is told to stop under load answers what runs, finishes its batch, leaves its group and its database, and ends within 10 s", async (context) => {
    const { name, db, admin, environment } = await given(context);
    const tiny = await startTinyProcess({ ...environment, TINY_PAUSE_SECONDS: "0.002", TINY_LIST_MS: "800" });
    const depots = depotsAt(tiny.port);
    const loaded = load(depots);
    await eventually(async () => expect(await count(db, "effect")).toBeGreaterThan(50));
    const running = depots.list();
    await eventually(() => expect(tiny.lines.map(({ event }) => event)).toContain("tiny.lists"));
    tiny.signal("SIGTERM");
    expect(await running).toMatchObject({ depots: [] });
    // It watches the time by itself: had it taken longer than 10 s, it would have ended with 1.
    expect(await tiny.ended).toBe(0);
    const stopping = tiny.lines.findIndex(({ event }) => event === "process.stopping");
    expect(tiny.lines.slice(stopping).map(({ event }) => event)).toEqual(["process.stopping", "process.stopped"]);

    const opened = await loaded;
    const kept = await db.rows<{ id: string }>("select id from depot");
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining([...opened]));
    const handled = await count(db, "inbox");
    expect(await count(db, "effect")).toBe(handled);
    expect((await admin.describeGroups([name])).groups[0]?.members).toEqual([]);
    const [offsets] = await admin.fetchOffsets({ groupId: name, topics: [`headway.${name}.v1`] });
    expect(offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)).toBe(handled);
    await eventually(async () =>
      expect(
        await db.rows(
          "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'headway-test'",
        ),
      ).toEqual([]),
    );

    // What it left undone the next one does.
    const next = await startTinyProcess(environment);
    await eventually(async () => expect(await count(db, "effect")).toBe(kept.length));
    next.signal("SIGTERM");
    expect(await next.ended).toBe(0);
  });

  test("that is killed while it publishes and consumes 2,000 events loses none and doubles none, and keeps each aggregate's order", async (context) => {
    const { name, db, environment } = await given(context);
    const slow = { ...environment, TINY_PAUSE_SECONDS: "0.001" };
    const first = await startTinyProcess(slow);
    const own = topic(name, hrTopic.types);
    const log = eventLog({
      topic: own,
      clock: systemClock,
      wake: () => {},
      circumstances: () => ({ actor: "test", session: null, traceparent: null }),
    });
    const aggregates = Array.from({ length: 20 }, () => String(newId()));
    const killed = Promise.withResolvers<void>();
    const recording = (async () => {
      for (let version = 1; version <= 100; version++) {
        if (version === 60) await killed.promise;
        await db.inTx((tx) =>
          log.record(
            tx,
            aggregates.map((aggregate) => ({ type: "DepotOpened", aggregate, version, payload: { code: "N" } })),
          ),
        );
        await pause(15);
      }
    })();
    await eventually(async () => expect(await count(db, "effect")).toBeGreaterThan(200));
    first.signal("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    killed.resolve();
    await recording;

    const second = await startTinyProcess(environment);
    await eventually(async () => expect(await count(db, "effect")).toBe(2000));
    expect(await count(db, "(select distinct event_id from effect) as once")).toBe(2000);
    expect(await count(db, "parked_event")).toBe(0);
    for (const aggregate of aggregates)
      expect(
        (
          await db.rows<{ version: number }>("select version from effect where aggregate = $1 order by place", [
            aggregate,
          ])
        ).map(({ version }) => version),
      ).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    second.signal("SIGTERM");
    expect(await second.ended).toBe(0);
  }, 180_000);

  test("that has a collector of traces which does not answer ends within 10 s all the same", async (context) => {
    const { environment } = await given(context);
    const asked: Socket[] = [];
    const collector = createServer((socket) => asked.push(socket.on("error", () => {}))).listen(0, "127.0.0.1");
    await once(collector, "listening");
    context.onTestFinished(() => {
      for (const socket of asked) socket.destroy();
      collector.close();
    });
    const { port } = collector.address() as AddressInfo;
    const tiny = await startTinyProcess({
      ...environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    await depotsAt(tiny.port).list();
    tiny.signal("SIGTERM");
    expect(await tiny.ended).toBe(0);
    expect(asked).not.toEqual([]);
  });

  test("with wrong settings does not start: code 78, and all mistakes at once, the platform's and its own", async () => {
    const { code, said } = await runToItsEnd({
      TINY_PAUSE_SECONDS: "soon",
      HEADWAY_DATABASE_URL: "mysql://here/there",
      HEADWAY_KAFKA_BROKERS: "127.0.0.1:1",
      HEADWAY_INWARD_SECRET: "short",
      HEADWAY_SERVICES: "hr=http://hr:7000,iam",
      HEADWAY_RPC_PORT: "99999",
      HEADWAY_OPS_PORT: "7001",
    });
    expect(code).toBe(78);
    for (const name of ["TINY_PAUSE_SECONDS", "HEADWAY_DATABASE_URL", "HEADWAY_REDIS_URL", "HEADWAY_RPC_PORT"])
      expect(said).toContain(`  ${name}: `);
    expect(said).toContain("HEADWAY_INWARD_SECRET: needs at least 32 characters");
    expect(said).toContain('HEADWAY_SERVICES: "iam" must be like hr=http://hr:7000');
    expect(said).not.toContain("HEADWAY_OPS_PORT");
    expect(said.split("\n").filter((line) => line.includes("    at "))).toEqual([]);
  });
});
