import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { migrate } from "@headway/postgres/migrate";
import { scheduling } from "@headway/scheduling/container";
import { migrationsOf } from "@headway/service/host-service";
import { givenServers } from "@headway/testkit/given-servers";
import { templateDatabases } from "@headway/testkit/template-database";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captured } from "../figures/assign/captured.ts";
import { pgbench } from "../figures/assign/pgbench.ts";
import { scriptOf } from "../figures/assign/script.ts";
import { openDepot } from "../figures/assign/shape.ts";
import { fill } from "../figures/metro/fill.ts";
import { everywhere, type HostedAlone, hostAlone } from "../figures/metro/hosted.ts";
import { idOf } from "../figures/metro/ids.ts";
import { inScheduling } from "../figures/metro/in-scheduling.ts";
import { brokenLine as brokenFault, type FaultLine } from "../frame/fault.ts";
import { brokenLine, type FigureLine, type Measurement, toLine } from "../frame/figure.ts";
import { oneByOne } from "../frame/one-by-one.ts";
import { quantile, spread } from "../frame/spread.ts";

describe("a figure", () => {
  test("has the least, the middle and the greatest of its repeats", () => {
    expect(spread([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
    expect(spread([4, 1])).toEqual({ min: 1, median: 2.5, max: 4 });
    expect(quantile([10, 20, 30, 40, 50], 0.99)).toBeCloseTo(49.6);
    expect(quantile([5], 0)).toBe(5);
    expect(() => quantile([], 0.5)).toThrow("nothing");
  });

  const measured = (goal: Measurement["goal"], ours: number[], peer: number[] | null): Measurement => ({
    name: "a figure",
    unit: "a second",
    goal,
    ours,
    peer: peer && { name: "a peer", values: peer },
  });

  test("takes the middle of the pairs' ratios, not the ratio of the middles", () => {
    const line = toLine(measured(null, [10, 20, 90], [10, 40, 30]));
    expect(line).toMatchObject({ ours: 20, peer: 30, ratio: 1, holds: null, goal: null });
    expect(line.oursSpread).toEqual({ min: 10, median: 20, max: 90 });
    expect(() => toLine(measured(null, [1, 2], [1]))).toThrow("a repeat has no peer");
  });

  test.each([
    ["ratio", "at least", 0.5, true, "≥ 0.5x"],
    ["ratio", "at least", 0.51, false, "≥ 0.51x"],
    ["ratio", "at most", 0.49, false, "≤ 0.49x"],
    ["ours", "at most", 5, true, "≤ 5"],
    ["ours", "at least", 6, false, "≥ 6"],
  ] as const)("%s %s %d: %s", (of, is, value, holds, goal) => {
    expect(toLine(measured({ of, is, value }, [5], [10]))).toMatchObject({ holds, goal, ratio: 0.5 });
  });

  test("needs a peer for a goal of its ratio", () => {
    expect(() => toLine(measured({ of: "ratio", is: "at least", value: 1 }, [5], null))).toThrow("needs a peer");
  });
});

test("what was asked for is done once each, by its name; what breaks is a line that does not hold, and hides no other", async () => {
  const figures = await oneByOne<FigureLine>(
    ["gcra", "relay", "gcra"],
    async (name) => {
      if (name === "gcra") throw new Error("no Redis");
      const measured = { unit: "s", goal: { of: "ours", is: "at most", value: 5 }, ours: [4], peer: null } as const;
      return [toLine({ name: "drain", ...measured }), toLine({ name: "relay", ...measured })];
    },
    brokenLine,
  );
  expect(figures.map(({ name, holds }) => [name, holds])).toEqual([
    ["gcra", false],
    ["relay: drain", true],
    ["relay", true],
  ]);
  const [fault] = await oneByOne<FaultLine>(["races"], () => Promise.reject(new Error("no PostgreSQL")), brokenFault);
  expect(fault).toMatchObject({ name: "races", holds: false, findings: ["could not be made: no PostgreSQL"] });
});

describe("pgbench does what assigning a duty does", () => {
  const shape = openDepot(40, 1);
  const [clients, each] = [2, 30];
  const template = templateDatabases(givenServers().postgresUrl).template("bench-assign", async (url) => {
    await migrate(url, migrationsOf(scheduling));
    await fill(url, inScheduling(shape));
  });
  const dropped: (() => Promise<void>)[] = [];
  let folder: string;

  const fresh = async (): Promise<string> => {
    const { url, drop } = await template.clone();
    dropped.push(drop);
    return url;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "headway-figures-"));
  });
  afterAll(async () => {
    for (const drop of dropped) await drop();
    await rm(folder, { recursive: true, force: true });
  });

  test("the same rows are left behind in the same tables", async () => {
    const [watched, assigned, benched] = [await fresh(), await fresh(), await fresh()];
    const script = await hosting(watched, async (assign) => {
      await assign(100);
      const [first, second] = [await watchOne(watched, assign, 0), await watchOne(watched, assign, 41)];
      return scriptOf([first, second], 40);
    });
    await hosting(assigned, async (assign) => {
      const client = async (number: number): Promise<void> => {
        for (let turn = 0; turn < each; turn++) await assign(number + turn * clients);
      };
      await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
    });
    await pgbench({ databaseUrl: benched, folder, script, clients, until: { transactions: each } });

    const [ours, theirs] = [await leftBehind(assigned), await leftBehind(benched)];
    expect(ours.counts).toMatchObject({ assignment: 60, event_log: 60, roster: 1 });
    expect(theirs).toEqual(ours);
  });

  type Assign = (duty: number) => Promise<unknown>;

  /** The service on this database, not started: nothing is published beside. */
  const hosting = async <T>(url: string, work: (assign: Assign) => Promise<T>): Promise<T> => {
    const service: HostedAlone = await hostAlone(scheduling, url);
    try {
      const rosters = service.as(everywhere("dispatcher"), RosterService);
      return await work((duty) =>
        rosters.assignDuty({ dutyId: idOf("duty", duty), driverId: idOf("driver", duty % 40) }),
      );
    } finally {
      await service.stop();
    }
  };

  const watchOne = async (url: string, assign: Assign, duty: number) => ({
    ...(await captured(url, () => assign(duty))),
    duty: idOf("duty", duty),
    driver: idOf("driver", duty % 40),
  });
});

/** How many rows each table has, and what stands in those that an assignment writes, but for new ids and moments. */
const leftBehind = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const read = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
    const tables = await read("select tablename as name from pg_tables where schemaname = 'public' order by tablename");
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [counted] = await read(`select count(*)::integer as count from ${String(name)}`);
      counts[String(name)] = Number(counted?.count);
    }
    return {
      counts,
      rosters: await read("select id, period, current_version, published_at, version from roster"),
      duties: await read("select id, told, withdrawn, planned_version from duty order by id"),
      assignments: await read(
        "select duty_id, driver_id, roster_id, worked, work_minutes, state, to_version, version from assignment order by duty_id",
      ),
      versions: await read("select from_version from assignment order by from_version"),
      events: await read(
        `select type, aggregate_id, aggregate_version, split_part(actor, ':', 1) as actor, session, traceparent,
           octet_length(payload) as bytes, published_at
         from event_log order by aggregate_id`,
      ),
    };
  } finally {
    await client.end();
  }
};
