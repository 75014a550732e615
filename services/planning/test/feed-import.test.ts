import { FeedImportState, FeedService } from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { newId } from "@headway/kernel/ids";
import { parseInstant } from "@headway/kernel/time";
import { beside } from "@headway/postgres/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedImportJob } from "../src/inbound/feed-import-job.ts";
import type { FeedImportId } from "../src/model/feed-import.ts";
import { feedImportRepository } from "../src/outbound/feed-import-repository.ts";
import { sampleFeed, zipOf } from "./feed-sample.ts";
import { north, type PlanningUnderTest, person, planningUnderTest, south } from "./planning-under-test.ts";

let planning: PlanningUnderTest;

beforeAll(async () => {
  planning = await planningUnderTest();
});
afterAll(() => planning.close());

const sample = sampleFeed();
const trips = (sample["trips.txt"]?.split("\n").length ?? 0) - 2;

describe("given a feed that is right", () => {
  test("it is there in the end, with its lines and days", async () => {
    const archive = zipOf({ ...sample, "shapes.txt": "shape_id\nnobody reads this" });
    const report = await planning.take(archive, "autumn.zip");
    expect(report).toMatchObject({ state: FeedImportState.DONE, findings: [], bytes: BigInt(archive.length) });
    expect(report.bytesDone).toBe(report.bytes);
    expect(report.rowsDone).toBeGreaterThan(trips * 5);

    const { feeds } = await planning.feeds.listFeeds({});
    expect(feeds[0]).toMatchObject({
      id: report.feedId,
      name: "autumn.zip",
      timeZone: "Europe/Paris",
      firstDay: "2026-01-05",
      lastDay: "2026-12-31",
      trips,
      lines: 1,
      hasBlocks: true,
    });
    expect((await planning.feeds.listLines({ feedId: report.feedId })).lines).toMatchObject([
      { code: "M1", name: "Line M1", depotId: "", trips, colour: "" },
    ]);
  });

  test("its trips keep their stops and times, names to the letter", async () => {
    const name = '"תחנת, \\ {רכבת}"';
    const { feedId } = await planning.take(
      zipOf({ ...sample, "stops.txt": sample["stops.txt"]?.replace("MARKET,Market", `MARKET,${name}`) ?? "" }),
    );
    const [trip] = await planning.db.rows(
      `select from_terminal, to_terminal, starts, ends, arrivals,
         (select array_agg(name order by at) from unnest(trip.stops) with ordinality as stopped (place, at)
            join stop on stop.place = stopped.place where stop.feed_id = trip.feed_id) as names
       from trip where feed_id = $1 and trip_id = 'M1-1-1'`,
      [feedId],
    );
    expect(trip).toEqual({
      from_terminal: "HARBOUR",
      to_terminal: "AIRPORT",
      starts: 18_000,
      ends: 20_400,
      arrivals: [18_000, 18_600, 19_200, 19_800, 20_400],
      names: ["Harbour", "תחנת, \\ {רכבת}", "Town Hall", "Museum", "Airport"],
    });
  });

  test("feeds are listed newest first, page by page", async () => {
    await planning.take(zipOf(sample));
    const pages = [];
    let cursor = "";
    do {
      const { feeds, page } = await planning.feeds.listFeeds({ page: { size: 1, cursor } });
      pages.push(feeds.map(({ id }) => id));
      cursor = page?.next ?? "";
    } while (cursor !== "");
    const ids = pages.flat();
    expect(pages.every((page) => page.length === 1)).toBe(true);
    expect(ids).toEqual((await planning.feeds.listFeeds({})).feeds.map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted().reverse());
  });
});

const tables = ["feed", "line", "stop", "service", "trip", "block", "run", "duty"];
const counts = async () =>
  planning.db.rows(
    tables.map((table) => `select '${table}' as name, count(*) as count from ${table}`).join(" union all "),
  );

describe("given a feed that cannot be used, nothing changes", () => {
  test.each<[string, Buffer, object]>([
    [
      "an unknown trip",
      zipOf({ ...sample, "stop_times.txt": `${sample["stop_times.txt"]}T9,10:00:00,10:00:00,MARKET,1\n` }),
      {
        file: "stop_times.txt",
        row: trips * 5 + 2,
        field: "trip_id",
        message: "Trip T9 is not in trips.txt.",
        fatal: true,
      },
    ],
    ["a zip cut short", zipOf(sample).subarray(0, 4000), { file: "feed.zip", row: 0, fatal: true }],
    [
      "no zone",
      zipOf({ ...sample, "agency.txt": "agency_name\nMetro\n" }),
      { file: "agency.txt", field: "agency_timezone" },
    ],
  ])("%s is told by file and row", async (_, archive, finding) => {
    const before = await counts();
    const report = await planning.take(archive);
    expect(report).toMatchObject({ state: FeedImportState.FAILED, feedId: "" });
    expect(report.findings[0]).toMatchObject(finding);
    expect(await counts()).toEqual(before);
  });

  test("an empty file and an unknown import are refused at once", async () => {
    await expect(planning.take(Buffer.alloc(0))).rejects.toThrow("The file is empty.");
    await expect(planning.feeds.getFeedImport({ importId: newId() })).rejects.toThrow("There is no such feed import.");
  });
});

describe("given a process that was killed while it read", () => {
  /** As the killed process left it: begun so many times, never ended. */
  const left = async (attempts: number, id = newId<FeedImportId>()): Promise<FeedImportId> => {
    await planning.db.rows(
      `insert into feed_import (id, file_name, state, content, bytes, attempts, started_at)
       values ($1, 'left.zip', 'running', $2, 1, $3, now())`,
      [id, zipOf(sample), attempts],
    );
    return id;
  };
  const jobsRun = () => planning.setClock("2026-11-21T08:00:00Z");
  const stateOf = async (importId: FeedImportId) => (await planning.feeds.getFeedImport({ importId })).import;

  test("the next one reads the file anew", async () => {
    const id = await left(2);
    await jobsRun();
    expect(await stateOf(id)).toMatchObject({ state: FeedImportState.DONE });
  });

  test("a file that kills three times is given up", async () => {
    const id = await left(3);
    await jobsRun();
    expect(await stateOf(id)).toMatchObject({
      state: FeedImportState.FAILED,
      findings: [{ message: expect.stringContaining("begun 3 times") as string }],
    });
  });

  test("one that stops in good order puts the file back, and that counts as no attempt", async () => {
    const id = await left(0);
    // Told to stop once the reading has begun.
    let looks = 0;
    const stopping = Object.defineProperty(new AbortController().signal, "aborted", { get: () => looks++ > 0 });
    const job = planning.hosted.parts.jobs.find(({ name }) => name === feedImportJob);
    await job?.run(parseInstant("2026-11-21T08:00:00Z", "now"), stopping);
    await jobsRun();
    const [kept] = await planning.db.rows("select state, attempts from feed_import where id = $1", [id]);
    expect(kept).toEqual({ state: "done", attempts: 1 });
  });

  test("an import that another process has in hand is left to it", async () => {
    const id = newId<FeedImportId>();
    await planning.db.inTx(async (tx) => {
      expect(await feedImportRepository.takeInHand(tx, id)).toBe(true);
      await beside(() => left(0, id));
      await beside(jobsRun);
      expect(await beside(() => stateOf(id))).toMatchObject({ state: FeedImportState.RUNNING });
    });
    await jobsRun();
    expect(await stateOf(id)).toMatchObject({ state: FeedImportState.DONE });
  });
});

describe("given lines without a depot, when they are assigned", () => {
  const feed = async () => (await planning.take(zipOf(sample))).feedId;

  test("the depot must be one that hr knows, the line one of the feed", async () => {
    const feedId = await feed();
    const assign = (code: string, depotId: string) =>
      planning.feeds.assignLines({ feedId, lines: [{ code, depotId }] });
    await expect(assign("M1", newId())).rejects.toThrow("There is no such depot.");
    await expect(assign("M9", north)).rejects.toThrow("The feed has no line M9.");
    expect((await assign("M1", south)).lines).toMatchObject([{ code: "M1", depotId: south }]);
    await expect(planning.feeds.listLines({ feedId: newId() })).rejects.toThrow("There is no such feed.");
  });

  test("a planner of another depot neither gives nor takes", async () => {
    const feedId = await feed();
    const inNorth = planning.as(person("planner", [north]), FeedService);
    const give = (depotId: string) => inNorth.assignLines({ feedId, lines: [{ code: "M1", depotId }] });
    await expect(give(south)).rejects.toThrow("belongs to a depot in which you are not planner");
    await give(north);
    await planning.feeds.assignLines({ feedId, lines: [{ code: "M1", depotId: south }] });
    await expect(give(north)).rejects.toThrow("belongs to a depot in which you are not planner");
  });
});
