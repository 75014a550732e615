import { inProcessBus } from "@headway/messaging/in-process-bus";
import { eventually } from "@headway/testkit/eventually";
import { faultProxy } from "@headway/testkit/fault-proxy";
import { givenServers } from "@headway/testkit/given-servers";
import { Redis } from "ioredis";
import { describe, expect, type TestContext, test } from "vitest";
import { openMetrics } from "../src/metrics.ts";
import { startOpsServer } from "../src/ops-server.ts";
import { givenTiny, givenTinyDatabase, newName } from "./tiny/given-tiny.ts";

/** The address as it looks through a proxy. */
const through = async (address: string, usualPort: number) => {
  const url = new URL(address);
  const proxy = await faultProxy({ host: url.hostname, port: Number(url.port || usualPort) });
  url.host = `127.0.0.1:${proxy.port}`;
  return { proxy, url: url.href };
};

const given = async ({ onTestFinished }: TestContext) => {
  const name = newName();
  const { url, drop } = await givenTinyDatabase();
  const database = await through(url, 5432);
  const store = await through(givenServers().redisUrl, 6379);
  const redis = new Redis(store.url, { maxRetriesPerRequest: 2, commandTimeout: 5000 });
  redis.on("error", () => {});
  const bus = { ...inProcessBus() };
  const tiny = await givenTiny({ name, bus, databaseUrl: database.url, redis });
  const ops = await startOpsServer(0, "127.0.0.1", tiny.metrics, tiny.hosted.unready);
  onTestFinished(async () => {
    database.proxy.restore();
    await ops.close();
    await tiny.close();
    redis.disconnect();
    await drop();
    await database.proxy.close();
    await store.proxy.close();
  });
  const ask = async (path: string): Promise<[number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${ops.port}${path}`);
    return [answer.status, (await answer.text()).trim()];
  };
  /** The figure behind a metric with these labels. */
  const figure = async (metric: string, labels: Readonly<Record<string, string>> = {}): Promise<number | null> => {
    const [, text] = await ask("/metrics");
    const line = text
      .split("\n")
      .find(
        (each) =>
          each.startsWith(`${metric}{`) &&
          Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
      );
    return line === undefined ? null : Number(line.split(" ").at(-1));
  };
  return { ...tiny, name, bus, database: database.proxy, store: store.proxy, ask, figure };
};

describe.concurrent("who watches a process", () => {
  test("readyz names what is away, soon also where it is silent, and livez does not care", async (context) => {
    const { hosted, name, bus, database, store, ask } = await given(context);
    await hosted.start();
    await eventually(async () => expect(await ask("/readyz")).toEqual([200, "ready"]));

    store.cut();
    await eventually(async () => expect(await ask("/readyz")).toEqual([503, "not ready: redis"]));
    store.restore();
    await eventually(async () => expect(await ask("/readyz")).toEqual([200, "ready"]));

    database.freeze();
    bus.isReachable = async () => false;
    await eventually(async () => expect(await ask("/readyz")).toEqual([503, `not ready: ${name} database, bus`]));
    expect(await ask("/livez")).toEqual([200, "alive"]);
    expect((await ask("/elsewhere"))[0]).toBe(404);
  });

  test("the figures tell of requests, pool, outbox, lag and parked events", async (context) => {
    const { hosted, depots, name, bus, figure } = await given(context);
    await depots.open("N");
    await depots.open("hopeless");
    await expect(depots.open("\0")).rejects.toThrow();
    const operation = "headway.hr.v1.DepotService/OpenDepot";
    expect(await figure("headway_requests_seconds_count", { operation, outcome: "ok" })).toBe(2);
    expect(await figure("headway_requests_seconds_count", { operation, outcome: "Internal" })).toBe(1);
    const pool = { service: name, state: "total" };
    await eventually(async () => expect(await figure("headway_pool_connections", pool)).toBeGreaterThan(0));
    await eventually(async () =>
      expect(await figure("headway_outbox_age_seconds", { service: name })).toBeGreaterThan(0),
    );
    await eventually(async () => expect(await figure("headway_parked_events", { service: name })).toBe(0));

    await hosted.listen();
    bus.pause(name);
    await hosted.start();
    await eventually(async () => expect(await figure("headway_consumer_lag", { service: name })).toBe(2));
    bus.resume(name);
    await eventually(async () => expect(await figure("headway_parked_events", { service: name })).toBe(1));
    await eventually(async () => expect(await figure("headway_outbox_age_seconds", { service: name })).toBe(0));
    await eventually(async () => expect(await figure("headway_consumer_lag", { service: name })).toBe(0));
  });

  test("a figure that cannot be read is left out, and holds up none of the others", async () => {
    const metrics = openMetrics();
    metrics.gauge("headway_silent", "Never answers.", () => new Promise(() => {}));
    metrics.gauge("headway_wrong", "Fails.", () => Promise.reject(new Error("away")));
    metrics.gauge("headway_right", "Answers.", async () => [{ value: 7, labels: { service: "tiny" } }]);
    const text = await metrics.text();
    expect(text).toContain('headway_right{service="tiny"} 7');
    expect(text).not.toMatch(/^headway_(silent|wrong)[{ ]/m);
  });
});
