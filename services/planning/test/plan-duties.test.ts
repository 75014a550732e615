import { fromBinary } from "@bufbuild/protobuf";
import type { Duty } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import {
  DutyChangedSchema,
  DutyPlannedSchema,
  DutyWithdrawnSchema,
} from "@headway/contracts/gen/headway/planning/v1/events_pb";
import { RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import { toInstant } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import { minutesBetween } from "@headway/kernel/time";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Files, sampleFeed, sampleLine, zipOf } from "./feed-sample.ts";
import {
  limits,
  north,
  type PlanningUnderTest,
  person,
  planningUnderTest,
  south,
  week,
} from "./planning-under-test.ts";

let planning: PlanningUnderTest;

beforeAll(async () => {
  planning = await planningUnderTest();
});
afterAll(() => planning.close());
beforeEach(async () => {
  await planning.db.rows("delete from duty");
});

/** A feed that is in, assigned and cut. */
const given = async (files: Files, depot = north): Promise<string> => {
  const feedId = await planning.given(files, depot);
  await planning.runs.cutRuns({ feedId, ...week, limits });
  return feedId;
};

const dutiesOf = async (depotId = "", days = week): Promise<Duty[]> => {
  const duties: Duty[] = [];
  for (let cursor = ""; ; ) {
    const { duties: some, page } = await planning.runs.listDuties({ depotId, ...days, page: { size: 7, cursor } });
    duties.push(...some);
    cursor = page?.next ?? "";
    if (cursor === "") return duties;
  }
};

const runOf = ({ serviceDate, runId }: Duty): string => `${serviceDate} ${runId}`;

/** How many trips the duties of each day hold. */
const tripsByDay = (duties: readonly Duty[]): ReadonlyMap<string, number> =>
  new Map(
    [...Map.groupBy(duties, ({ serviceDate }) => serviceDate)].map(([day, some]) => [
      day,
      some.flatMap(({ pieces }) => pieces).reduce((sum, { trips }) => sum + trips, 0),
    ]),
  );

const since = async (before: number) => (await planning.recorded()).slice(before);
const told = async () => (await planning.recorded()).length;

describe("given a feed that is cut", () => {
  test("cutting says what came of it, and each trip of a day is in exactly one run", async () => {
    const feedId = await planning.given(sampleFeed());
    const cut = await planning.runs.cutRuns({ feedId, ...week, limits });
    const { runs, page } = await planning.runs.listRuns({ feedId, serviceDate: week.firstDay, page: { size: 500 } });
    expect(page?.next).toBe("");
    expect(cut).toMatchObject({ runs: runs.length, blocks: 8, straightRuns: cut.runs - cut.splitRuns });
    expect(cut.workMinutes).toBe(runs.reduce((sum, { workMinutes }) => sum + workMinutes, 0));
    expect(runs[0]).toMatchObject({ serviceId: "WEEK", runId: "M1-001", line: "M1", starts: 5 * 3600 - 15 * 60 });
    expect(runs[0]?.pieces[0]).toMatchObject({ startPlace: "Harbour", starts: 5 * 3600 });

    const { trips } = await planning.runs.listTripRuns({ feedId, serviceDate: week.firstDay });
    expect(trips.length).toBeGreaterThan(100);
    expect(trips.filter(({ runIds }) => runIds.length !== 1)).toEqual([]);
    expect((await planning.runs.listTripRuns({ feedId, serviceDate: week.lastDay })).trips).toEqual([]);
    const unknown = planning.runs.listTripRuns({ feedId: newId(), serviceDate: week.firstDay });
    await expect(unknown).rejects.toThrow("There is no such feed.");
  });

  test("cutting again gives the same runs, with the same ids", async () => {
    const feedId = await given(sampleFeed());
    const list = async () => (await planning.runs.listRuns({ feedId, serviceDate: week.firstDay })).runs;
    const before = await list();
    await planning.runs.cutRuns({ feedId, ...week, limits });
    expect(await list()).toEqual(before);
  });

  test("blocks are listed page by page", async () => {
    const feedId = await planning.given(sampleFeed({ blocks: false }));
    const first = await planning.runs.listBlocks({ feedId, serviceDate: week.firstDay, page: { size: 5 } });
    const rest = await planning.runs.listBlocks({
      feedId,
      serviceDate: week.firstDay,
      page: { size: 5, cursor: first.page?.next ?? "" },
    });
    expect([...first.blocks, ...rest.blocks].map(({ blockId }) => blockId)).toEqual(
      Array.from({ length: 8 }, (_, at) => `M1~0${at + 1}`),
    );
    expect(first.blocks[0]).toMatchObject({ serviceId: "WEEK", line: "M1", starts: 5 * 3600 });
  });

  test.each<[string, object, string]>([
    [
      "days without service",
      { firstDay: "2026-11-28", lastDay: "2026-11-29" },
      "The feed runs on no day from 2026-11-28",
    ],
    [
      "days the wrong way round",
      { firstDay: week.lastDay, lastDay: week.firstDay },
      "firstDay to lastDay must be 1 to 100 days, not -5",
    ],
    ["more days than one plans", { lastDay: "2027-11-29" }, "firstDay to lastDay must be 1 to 100 days"],
    ["limits that no trip fits", { limits: { ...limits, maxPiece: 30 } }, "trips are too long for any run"],
    ["limits that make no sense", { limits: { ...limits, maxWork: -1 } }, "maxWork must be a whole number"],
    ["an unknown feed", { feedId: newId() }, "There is no such feed."],
  ])("%s are refused", async (_, change, message) => {
    const feedId = await planning.given(sampleFeed());
    await expect(planning.runs.cutRuns({ feedId, ...week, limits, ...change })).rejects.toThrow(message);
  });
});

describe("given runs, when duties are planned", () => {
  test("each run is a duty on each of its days, told once, and planning again tells nothing", async () => {
    const feedId = await given(sampleFeed());
    const { runs } = await planning.runs.listRuns({ feedId, serviceDate: week.firstDay, page: { size: 500 } });
    const before = await told();
    expect(await planning.runs.planDuties({ feedId, ...week })).toMatchObject({
      planned: runs.length * 5,
      changed: 0,
      withdrawn: 0,
      unchanged: 0,
      underWay: 0,
    });
    const duties = await dutiesOf(north);
    expect(duties).toHaveLength(runs.length * 5);
    const events = await since(before);
    expect(events.map(({ type }) => type)).toEqual(duties.map(() => "DutyPlanned"));
    const announced = events.map(({ payload }) => fromBinary(DutyPlannedSchema, payload).duty);
    expect(announced).toEqual(expect.arrayContaining(duties));
    expect(new Set(events.map(({ aggregate }) => aggregate))).toEqual(new Set(duties.map(({ id }) => id)));

    expect(await planning.runs.planDuties({ feedId, ...week })).toMatchObject({
      planned: 0,
      unchanged: runs.length * 5,
    });
    expect(await dutiesOf(north)).toEqual(duties);
    expect(await since(before)).toHaveLength(duties.length);
  });

  test("a duty says what a driver needs to know", async () => {
    const feedId = await given(sampleFeed());
    await planning.runs.planDuties({ feedId, firstDay: week.firstDay, lastDay: week.firstDay });
    const [duty] = await dutiesOf();
    expect(duty).toMatchObject({
      depotId: north,
      serviceDate: "2026-11-23",
      serviceId: "WEEK",
      runId: "M1-001",
      qualification: "M1",
      version: 1,
    });
    expect(String(toInstant(duty?.starts, "starts"))).toBe("2026-11-23T03:45:00Z");
    expect(duty?.pieces[0]).toMatchObject({ startPlace: "Harbour", starts: duty?.starts });
    expect(duty?.pieces.at(-1)?.ends).toEqual(duty?.ends);
    const inPieces = duty?.pieces.reduce(
      (sum, { starts, ends }) => sum + minutesBetween(toInstant(starts, "starts"), toInstant(ends, "ends")),
      0,
    );
    expect(inPieces).toBe(duty?.workMinutes);
  });

  test("they are listed by start, and only where the caller may look", async () => {
    const feedId = await given(sampleFeed());
    await planning.runs.planDuties({ feedId, ...week });
    const starts = (await dutiesOf()).map(({ starts }) => String(toInstant(starts, "starts")));
    expect(starts).toEqual(starts.toSorted());
    const elsewhere = planning.as(person("dispatcher", [south]), RunService);
    expect((await elsewhere.listDuties(week)).duties).toEqual([]);
    await expect(elsewhere.listDuties({ ...week, depotId: north })).rejects.toThrow("belongs to a depot");
  });

  test("a later timetable of one line changes its duties, which keep their ids, and no others", async () => {
    const shuttle = { code: "S1", stops: ["Gate", "Mill"], layover: 5, headway: 30, first: 360, last: 600 };
    const feedWith = (hop: number) => sampleFeed({ lines: [sampleLine, { ...shuttle, hop }] });
    await planning.runs.planDuties({ feedId: await given(feedWith(12)), ...week });
    const before = await dutiesOf();
    const shuttles = before.filter(({ qualification }) => qualification === "S1").length;
    const mark = await told();
    expect(await planning.runs.planDuties({ feedId: await given(feedWith(14)), ...week })).toMatchObject({
      planned: 0,
      changed: shuttles,
      withdrawn: 0,
      unchanged: before.length - shuttles,
    });
    const after = await dutiesOf();
    expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    const events = await since(mark);
    expect(events.map(({ type }) => type)).toEqual(Array.from({ length: shuttles }, () => "DutyChanged"));
    const announced = events.map(({ payload }) => fromBinary(DutyChangedSchema, payload).duty);
    expect(announced).toEqual(expect.arrayContaining(after.filter(({ version }) => version === 2)));
  });

  test("a line that moves to another depot takes its duties along: withdrawn here, planned there", async () => {
    const feedId = await given(sampleFeed());
    await planning.runs.planDuties({ feedId, ...week });
    const before = await dutiesOf(north);
    await planning.feeds.assignLines({ feedId, lines: [{ code: "M1", depotId: south }] });
    const mark = await told();
    expect(await planning.runs.planDuties({ feedId, ...week })).toMatchObject({
      planned: before.length,
      withdrawn: before.length,
    });
    expect(await dutiesOf(north)).toEqual([]);
    expect(await dutiesOf(south)).toHaveLength(before.length);
    const withdrawn = (await since(mark)).flatMap(({ type, payload }) =>
      type === "DutyWithdrawn" ? [fromBinary(DutyWithdrawnSchema, payload)] : [],
    );
    const places = (some: readonly { depotId: string; serviceDate: string }[]) =>
      some.map(({ depotId, serviceDate }) => `${depotId} ${serviceDate}`).sort();
    expect(places(withdrawn)).toEqual(places(before));
  });

  test("another feed in another depot is left alone, in the same depot it is replaced", async () => {
    await planning.runs.planDuties({ feedId: await given(sampleFeed()), ...week });
    const trams = sampleFeed({
      lines: [{ code: "T1", stops: ["Gate", "Mill"], hop: 20, layover: 5, headway: 10, first: 360, last: 1200 }],
    });
    const before = await dutiesOf(north);
    const beside = await given(trams, south);
    expect(await planning.runs.planDuties({ feedId: beside, ...week })).toMatchObject({ withdrawn: 0 });
    expect(await dutiesOf(north)).toEqual(before);
    const inPlace = await given(trams, north);
    expect(await planning.runs.planDuties({ feedId: inPlace, ...week })).toMatchObject({ withdrawn: before.length });
  });

  test("a duty that has begun is left as it is", async () => {
    const feedId = await given(sampleFeed());
    await planning.runs.planDuties({ feedId, ...week });
    const all = await dutiesOf();
    await planning.setClock("2026-11-24T12:00:00Z");
    await planning.feeds.assignLines({ feedId, lines: [{ code: "M1", depotId: south }] });
    const { underWay, withdrawn } = await planning.runs.planDuties({ feedId, ...week });
    const begun = all.filter(({ starts }) => String(toInstant(starts, "starts")) <= "2026-11-24T12:00:00Z");
    expect([underWay, withdrawn]).toEqual([begun.length, all.length - begun.length]);
    expect((await dutiesOf(north)).map(({ id }) => id)).toEqual(begun.map(({ id }) => id));
    expect((await dutiesOf()).map(runOf).sort()).toEqual(all.map(runOf).sort());
  });

  test("runs cut anew while a day is under way leave each of its trips in one duty", async () => {
    const feedId = await given(sampleFeed());
    await planning.runs.planDuties({ feedId, ...week });
    const all = await dutiesOf();
    await planning.setClock("2026-11-25T12:00:00Z");
    await planning.runs.cutRuns({ feedId, ...week, limits: { ...limits, maxWork: 420, maxPiece: 200 } });
    const { underWay, changed } = await planning.runs.planDuties({ feedId, ...week });
    expect(underWay).toBeGreaterThan(0);
    expect(changed).toBeGreaterThan(0);
    const after = await dutiesOf();
    expect(tripsByDay(after)).toEqual(tripsByDay(all));
    const begun = all.filter(({ starts }) => String(toInstant(starts, "starts")) <= "2026-11-25T12:00:00Z");
    expect(after).toEqual(expect.arrayContaining(begun));
    expect(await planning.runs.planDuties({ feedId, ...week })).toMatchObject({ planned: 0, changed: 0, withdrawn: 0 });
  });

  test("a later feed takes over what stays: what begins under it is not planned again when its line moves", async () => {
    await planning.runs.planDuties({ feedId: await given(sampleFeed()), ...week });
    const all = await dutiesOf();
    const feedId = await given(sampleFeed());
    expect(await planning.runs.planDuties({ feedId, ...week })).toMatchObject({ unchanged: all.length });
    await planning.setClock("2026-11-26T12:00:00Z");
    await planning.feeds.assignLines({ feedId, lines: [{ code: "M1", depotId: south }] });
    await planning.runs.planDuties({ feedId, ...week });
    expect((await dutiesOf()).map(runOf).sort()).toEqual(all.map(runOf).sort());
  });

  test("new trips of a line whose day has begun otherwise are refused, and the days after are planned", async () => {
    await planning.runs.planDuties({ feedId: await given(sampleFeed()), ...week });
    const before = await dutiesOf();
    await planning.setClock("2026-11-27T12:00:00Z");
    const denser = await given(sampleFeed({ lines: [{ ...sampleLine, headway: 9 }] }));
    await expect(planning.runs.planDuties({ feedId: denser, ...week })).rejects.toThrow("plan from the next day on");
    expect(await dutiesOf()).toEqual(before);
    const next = { firstDay: "2026-11-30", lastDay: "2026-11-30" };
    expect((await planning.runs.planDuties({ feedId: denser, ...next })).planned).toBeGreaterThan(0);
  });

  test("both nights when the clocks change keep every minute", async () => {
    const everyDay = sampleFeed()["calendar.txt"]?.replace("1,1,1,1,1,0,0", "1,1,1,1,1,1,1") ?? "";
    const feedId = await given({ ...sampleFeed(), "calendar.txt": everyDay });
    for (const [firstDay, lastDay] of [
      ["2026-03-28", "2026-03-29"],
      ["2026-10-24", "2026-10-25"],
    ] as const) {
      await planning.runs.planDuties({ feedId, firstDay, lastDay });
      const duties = await dutiesOf("", { firstDay, lastDay });
      const work = (date: string) =>
        duties
          .filter(({ serviceDate }) => serviceDate === date)
          .map(({ runId, workMinutes }) => `${runId} ${workMinutes}`);
      expect(work(firstDay).sort()).toEqual(work(lastDay).sort());
      for (const { pieces, workMinutes } of duties)
        expect(
          pieces.reduce(
            (sum, { starts, ends }) => sum + minutesBetween(toInstant(starts, "starts"), toInstant(ends, "ends")),
            0,
          ),
        ).toBe(workMinutes);
    }
  });

  test("what is not cut, or has no depot, is refused and named", async () => {
    const uncut = await planning.given(sampleFeed());
    await expect(planning.runs.planDuties({ feedId: uncut, ...week })).rejects.toThrow(
      "Service WEEK runs in these days",
    );
    const { feedId } = await planning.take(zipOf(sampleFeed()));
    await planning.runs.cutRuns({ feedId, ...week, limits });
    await expect(planning.runs.planDuties({ feedId, ...week })).rejects.toThrow("Say which depot runs M1");
  });

  test("a planner of another depot may neither cut nor plan", async () => {
    const feedId = await given(sampleFeed());
    const elsewhere = planning.as(person("planner", [south]), RunService);
    await expect(elsewhere.cutRuns({ feedId, ...week, limits })).rejects.toThrow("belongs to a depot");
    await expect(elsewhere.planDuties({ feedId, ...week })).rejects.toThrow("belongs to a depot");
  });

  test("eight plans at once plan each duty once", async () => {
    const feedId = await given(sampleFeed());
    const answers = await Promise.all(Array.from({ length: 8 }, () => planning.runs.planDuties({ feedId, ...week })));
    const duties = await dutiesOf();
    expect(answers.reduce((sum, { planned }) => sum + planned, 0)).toBe(duties.length);
    expect(new Set(duties.map(({ serviceDate, runId }) => `${serviceDate} ${runId}`)).size).toBe(duties.length);
  });
});
