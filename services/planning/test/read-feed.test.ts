import { describe, expect, test } from "vitest";
import type { Feed } from "../src/model/feed/feed.ts";
import type { FeedFinding } from "../src/model/feed/finding.ts";
import { type Files, zipOf } from "./feed-sample.ts";
import { readArchive } from "./read-archive.ts";

const read = (files: Files) => readArchive(zipOf(files));

const readWell = async (files: Files): Promise<Feed> => {
  const { feed, findings } = await read(files);
  if (!feed) throw new Error(`refused: ${findings[0]?.message}`);
  return feed;
};

const placeOf = ({ severity, file, row, field }: FeedFinding) => [severity, file, row, field];

/** A feed of a few trips, written out by hand. */
const byHand: Readonly<Record<string, string>> = {
  "agency.txt": "agency_name,agency_timezone\nMetro,America/Los_Angeles\n",
  "routes.txt": "route_id,route_long_name\nA,Alpha\n",
  "stops.txt": "stop_id,stop_name\nX,Ex\nY,Wye\nZ,Zed\n",
  "calendar_dates.txt": "service_id,date,exception_type\nS,20261121,1\n",
  "trips.txt": "route_id,service_id,trip_id,block_id\nA,S,T1,B\nA,S,T2,B\n",
  "stop_times.txt":
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" +
    "T1,23:50:00,23:50:00,X,1\nT1,24:10:00,24:11:00,Y,2\nT1,24:30:00,24:30:00,Z,3\n" +
    "T2,25:00:00,25:00:00,Z,1\nT2,25:40:00,25:40:00,X,2\n",
};

const times = (feed: Feed, trip: string) => {
  const found = feed.trips.find(({ id }) => id === trip);
  return { arrivals: [...(found?.arrivals ?? [])], departures: [...(found?.departures ?? [])] };
};

describe("given a feed that is right, its trips come out whole", () => {
  test("times past 24:00 count on", async () => {
    const feed = await readWell(byHand);
    expect(feed.zone).toBe("America/Los_Angeles");
    expect(times(feed, "T1")).toEqual({ arrivals: [85_800, 87_000, 88_200], departures: [85_800, 87_060, 88_200] });
    expect(feed.trips.map(({ id, from, to, starts, ends, block }) => [id, from, to, starts, ends, block])).toEqual([
      ["T1", "X", "Z", 85_800, 88_200, "B"],
      ["T2", "Z", "X", 90_000, 92_400, "B"],
    ]);
  });

  test("a byte-order mark, CRLF, padding, blank lines and quoted commas make no difference", async () => {
    const crlf = Object.fromEntries(
      Object.entries(byHand).map(([name, text]) => [name, `\uFEFF${text.replaceAll("\n", "\r\n")}\r\n`]),
    );
    const feed = await readWell({
      ...crlf,
      "stops.txt": '\uFEFFstop_id,stop_name\r\nX,"Ex, ""the"" first"\r\n Y ,Wye\r\nZ,Zed\r\n',
    });
    expect(feed.stops.map(({ id, name }) => [id, name])).toEqual([
      ["X", 'Ex, "the" first'],
      ["Y", "Wye"],
      ["Z", "Zed"],
    ]);
    expect(feed.trips).toHaveLength(2);
  });

  test("right-to-left names are kept to the letter", async () => {
    const name = "תחנת רכבת \u200Fהשלום";
    const feed = await readWell({ ...byHand, "stops.txt": `stop_id,stop_name\nX,${name}\nY,محطة\nZ,Zed\n` });
    expect(feed.stops.map(({ name }) => name)).toEqual([name, "محطة", "Zed"]);
  });

  test("what would turn the text behind a name is left out of it", async () => {
    const feed = await readWell({
      ...byHand,
      "stops.txt": "stop_id,stop_name\nX,خط\u202E الأول\nY,\u2066Wye\nZ,Zed\n",
    });
    expect(feed.stops.map(({ name }) => name)).toEqual(["خط الأول", "Wye", "Zed"]);
  });

  test("times between timepoints are filled in at even steps", async () => {
    const stops = [
      "T1,10:00:00,10:00:00,X,1",
      "T1,,,Y,2",
      "T1,,,Z,5",
      "T1,10:30:00,10:31:00,Y,9",
      "T1,,,Z,10",
      "T1,10:41:00,,X,12",
    ];
    const feed = await readWell({
      ...byHand,
      "trips.txt": "route_id,service_id,trip_id\nA,S,T1\n",
      // Not in order, as no rule says that it must be.
      "stop_times.txt": `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${stops.toReversed().join("\n")}\n`,
    });
    expect(times(feed, "T1").arrivals.map((at) => (at - 36_000) / 60)).toEqual([0, 10, 20, 30, 36, 41]);
    expect(times(feed, "T1").departures.map((at) => (at - 36_000) / 60)).toEqual([0, 10, 20, 31, 36, 41]);
  });

  test("frequencies become trips, without the block that one vehicle could not serve", async () => {
    const feed = await readWell({
      ...byHand,
      "frequencies.txt":
        "trip_id,start_time,end_time,headway_secs\nT1,06:00:00,06:30:00,600\nT1,24:00:00,24:00:45,45\n",
    });
    expect(feed.trips.map(({ id, block }) => [id, block])).toEqual([
      ["T1@06:00:00", "A~01"],
      ["T1@06:10:00", "A~02"],
      ["T1@06:20:00", "A~03"],
      ["T1@24:00:00", "A~04"],
      ["T2", "B"],
    ]);
    expect(times(feed, "T1@06:10:00")).toEqual({
      arrivals: [22_200, 23_400, 24_600],
      departures: [22_200, 23_460, 24_600],
    });
  });

  test("calendar.txt alone will do, and a header without rows is no calendar", async () => {
    const feed = await readWell({
      ...byHand,
      "calendar.txt":
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nS,1,1,1,1,1,0,0,20261101,20261130\n",
      "calendar_dates.txt": "service_id,date,exception_type\n",
    });
    expect(feed.services).toHaveLength(1);
    expect(
      (
        await readWell({
          ...byHand,
          "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        })
      ).services,
    ).toHaveLength(1);
  });

  test("a name is on one line, whatever was in its quotes, and nothing else is done to it", async () => {
    const feed = await readWell({
      ...byHand,
      "stops.txt": 'stop_id,stop_name\nX,"Ex\r\nof the\tcity"\nY,"=HYPERLINK(""http://example.org"")"\nZ,Zed\n',
    });
    expect(feed.stops.map(({ name }) => name)).toEqual(["Ex of the city", '=HYPERLINK("http://example.org")', "Zed"]);
  });

  test("a service that runs on no day is told, with its trips", async () => {
    const { feed, findings } = await read({
      ...byHand,
      "calendar_dates.txt": `${byHand["calendar_dates.txt"]}Q,20261122,2\n`,
      "trips.txt": `${byHand["trips.txt"]}A,Q,T3,B\n`,
      "stop_times.txt": `${byHand["stop_times.txt"]}T3,10:00:00,10:00:00,X,1\nT3,11:00:00,11:00:00,Z,2\n`,
    });
    expect(feed?.trips).toHaveLength(3);
    expect(findings.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "Service Q runs on no day: its trips are never driven."],
    ]);
  });

  test("platforms of a station, and stops of one name side by side, are one terminal", async () => {
    const feed = await readWell({
      ...byHand,
      "stops.txt":
        "stop_id,stop_name,stop_lat,stop_lon,parent_station\nS,Station,48,2,\nX,Track 1,48,2,S\nY,Road,48.1,2,\nZ,Road,48.101,2,\n",
      "stop_times.txt":
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT1,06:00:00,06:00:00,X,1\nT1,07:00:00,07:00:00,Y,2\nT2,08:00:00,08:00:00,Z,1\nT2,09:00:00,09:00:00,X,2\n",
    });
    expect(feed.trips.map(({ from, to }) => [from, to])).toEqual([
      ["S", "Y"],
      ["Y", "S"],
    ]);
  });

  test("a trip that goes nowhere is left out with a warning, an overlap in a block gets its own vehicle with one", async () => {
    const { feed, findings } = await read({
      ...byHand,
      "trips.txt": `${byHand["trips.txt"]}A,S,T3,B\nA,S,T4,B\n`,
      "stop_times.txt": `${byHand["stop_times.txt"]}T4,24:15:00,24:15:00,X,1\nT4,24:45:00,24:45:00,Z,2\n`,
    });
    expect(findings.map(placeOf)).toEqual([
      ["warning", "trips.txt", 4, "trip_id"],
      ["warning", "trips.txt", 5, "block_id"],
    ]);
    expect(findings[1]?.message).toBe(
      "Trip T4 starts at 24:15 in block B, while trip T1 still runs there until 24:30: it gets a vehicle of its own.",
    );
    expect(feed?.trips.map(({ id, block }) => [id, block])).toEqual([
      ["T1", "B"],
      ["T2", "B"],
      ["T4", "B+2"],
    ]);
  });
});

const without = (file: string): Files => Object.fromEntries(Object.entries(byHand).filter(([name]) => name !== file));
const more = (file: string, row: string): Files => ({ ...byHand, [file]: `${byHand[file]}${row}\n` });

describe("given a feed that is wrong, when read, then it is refused by file, row and field", () => {
  const stopTimes = "stop_times.txt";
  test.each<[string, Files, readonly unknown[]]>([
    [
      "no zone",
      { ...byHand, "agency.txt": "agency_name,agency_timezone\nMetro,\n" },
      ["agency.txt", 2, "agency_timezone"],
    ],
    [
      "no column for the zone",
      { ...byHand, "agency.txt": "agency_name\nMetro\n" },
      ["agency.txt", 1, "agency_timezone"],
    ],
    [
      "a zone that is none",
      { ...byHand, "agency.txt": "agency_timezone\nMars/Olympus\n" },
      ["agency.txt", 2, "agency_timezone"],
    ],
    ["two zones", more("agency.txt", "Other,Europe/Paris"), ["agency.txt", 3, "agency_timezone"]],
    ["no agency", { ...byHand, "agency.txt": "agency_name,agency_timezone\n" }, ["agency.txt", null, null]],
    ["no trips file", without("trips.txt"), ["trips.txt", null, null]],
    [
      "no trips",
      {
        ...byHand,
        "trips.txt": "route_id,service_id,trip_id\n",
      },
      ["trips.txt", null, null],
    ],
    ["an empty trips file", { ...byHand, "trips.txt": "" }, ["trips.txt", null, null]],
    ["no stops file", without("stops.txt"), ["stops.txt", null, null]],
    ["neither calendar", without("calendar_dates.txt"), ["calendar.txt", null, null]],
    [
      "a calendar without days",
      {
        ...without("calendar_dates.txt"),
        "calendar.txt":
          "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nS,0,0,0,0,0,0,0,20261101,20261130\n",
      },
      ["calendar.txt", null, null],
    ],
    [
      "no column for the stops",
      { ...byHand, "stops.txt": "id,stop_name\nX,Ex\nY,Wye\nZ,Zed\n" },
      ["stops.txt", 1, "stop_id"],
    ],
    [
      "a column that is there twice",
      { ...byHand, "stops.txt": "stop_id,stop_name,stop_id\nX,Ex,Y\nY,Wye,Y\nZ,Zed,Y\n" },
      ["stops.txt", 1, "stop_id"],
    ],
    ["semicolons", { ...byHand, "stops.txt": "stop_id;stop_name\nX;Ex\nY;Wye\nZ;Zed\n" }, ["stops.txt", 1, null]],
    [
      "no day at all",
      { ...byHand, "calendar_dates.txt": "service_id,date,exception_type\nS,20261121,2\n" },
      ["calendar.txt", null, null],
    ],
    ["unknown route", more("trips.txt", "Q,S,T9,"), ["trips.txt", 4, "route_id"]],
    ["unknown service", more("trips.txt", "A,Q,T9,"), ["trips.txt", 4, "service_id"]],
    ["a trip twice", more("trips.txt", "A,S,T1,"), ["trips.txt", 4, "trip_id"]],
    ["unknown trip", more(stopTimes, "T9,10:00:00,10:00:00,X,1"), [stopTimes, 7, "trip_id"]],
    ["unknown stop", more(stopTimes, "T2,26:00:00,26:00:00,Q,3"), [stopTimes, 7, "stop_id"]],
    ["a time that is none", more(stopTimes, "T2,26:60:00,26:00:00,Y,3"), [stopTimes, 7, "arrival_time"]],
    ["a time with something behind it", more(stopTimes, "T2,99:59:59x,,Y,3"), [stopTimes, 7, "arrival_time"]],
    ["a sequence that is none", more(stopTimes, "T2,26:00:00,26:00:00,Y,x"), [stopTimes, 7, "stop_sequence"]],
    ["a sequence twice", more(stopTimes, "T2,26:00:00,26:00:00,Y,2"), [stopTimes, 7, "stop_sequence"]],
    ["time runs backwards", more(stopTimes, "T2,25:10:00,25:10:00,Y,3"), [stopTimes, 7, "arrival_time"]],
    ["departs before it arrives", more(stopTimes, "T2,26:10:00,26:00:00,Y,3"), [stopTimes, 7, "departure_time"]],
    ["no time at the end", more(stopTimes, "T2,,,Y,3"), [stopTimes, 7, "arrival_time"]],
    ["a date that is none", more("calendar_dates.txt", "S,20260231,1"), ["calendar_dates.txt", 3, "date"]],
    ["two exceptions on a day", more("calendar_dates.txt", "S,20261121,2"), ["calendar_dates.txt", 3, "date"]],
    [
      "an exception of no type",
      more("calendar_dates.txt", "S,20261122,3"),
      ["calendar_dates.txt", 3, "exception_type"],
    ],
    [
      "frequencies of an unknown trip",
      { ...byHand, "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nQ,06:00:00,07:00:00,600\n" },
      ["frequencies.txt", 2, "trip_id"],
    ],
    [
      "no headway",
      { ...byHand, "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nT1,06:00:00,07:00:00,0\n" },
      ["frequencies.txt", 2, "headway_secs"],
    ],
    [
      "a headway that runs backwards",
      { ...byHand, "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nT1,06:00:00,07:00:00,-600\n" },
      ["frequencies.txt", 2, "headway_secs"],
    ],
    [
      "departures every second",
      { ...byHand, "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nT1,00:00:00,99:00:00,1\n" },
      ["frequencies.txt", 2, "headway_secs"],
    ],
    [
      "bytes that are not UTF-8",
      { ...byHand, "stops.txt": Buffer.from("stop_id,stop_name\nX,Gare d'\xC9tat\nY,Y\nZ,Z\n", "latin1") },
      ["stops.txt", 2, "stop_name"],
    ],
    [
      "a code with bytes that are not UTF-8",
      { ...byHand, "stops.txt": Buffer.from("stop_id,stop_name\nX\xC9,Ex\nY,Y\nZ,Z\n", "latin1") },
      ["stops.txt", 2, "stop_id"],
    ],
    [
      "a code with a space that has no width",
      { ...byHand, "routes.txt": "route_id,route_long_name\nA\u200B,Alpha\n" },
      ["routes.txt", 2, "route_id"],
    ],
    [
      "a code with a space that does not break",
      { ...byHand, "routes.txt": "route_id,route_long_name\nA\u00A01,Alpha\n" },
      ["routes.txt", 2, "route_id"],
    ],
    ["a null character", more("trips.txt", "A,S,T\0X,"), ["trips.txt", 4, "trip_id"]],
    ["a name longer than any", more("trips.txt", `A,S,${"T".repeat(301)},`), ["trips.txt", 4, "trip_id"]],
    [
      "a quote that never closes",
      { ...byHand, "stops.txt": 'stop_id,stop_name\nX,"Ex\nY,Wye\nZ,Zed\n' },
      ["stops.txt", 2, null],
    ],
  ])("%s, and only this is told", async (_, files, place) => {
    const { feed, findings } = await read(files);
    expect(feed).toBeNull();
    expect(findings.map(placeOf)).toEqual([["error", ...place]]);
  });

  test.each<[string, Files, string]>([
    [
      "a quote that never closes",
      { ...byHand, "stops.txt": 'stop_id,stop_name\nX,"Ex\nY,Wye\nZ,Zed\n' },
      "stops.txt cannot be read: a quote that begins in this row is never closed.",
    ],
    [
      "a row without end",
      { ...byHand, "stops.txt": `stop_id,stop_name\nX,${"x".repeat(1_100_000)}\n` },
      "stops.txt cannot be read: this row has more than 1,000,000 bytes, as if a quote were never closed.",
    ],
    [
      "rows without end",
      { ...byHand, "stops.txt": `stop_id\n${"\n".repeat(500_001)}` },
      "stops.txt has more than 500,000 rows.",
    ],
    [
      "a service that is nowhere",
      without("calendar_dates.txt"),
      "The feed has neither calendar.txt nor calendar_dates.txt.",
    ],
    [
      "semicolons",
      { ...byHand, "stops.txt": "stop_id;stop_name\nX;Ex\n" },
      "The cells of stops.txt are not separated by commas.",
    ],
    [
      "a code that looks like another",
      { ...byHand, "routes.txt": "route_id,route_long_name\nA\u200B,Alpha\n" },
      'route_id has a character that cannot be seen (U+200B): "A\u200B".',
    ],
  ])("%s is told in a sentence that says what to look for", async (_, files, message) => {
    expect((await read(files)).findings.map((finding) => finding.message)).toEqual([message]);
  });

  test("a trip that stops without end", async () => {
    const stops = Array.from({ length: 5002 }, (_, at) => `T2,26:00:00,26:00:00,Y,${at + 3}`).join("\n");
    const { feed, findings } = await read(more(stopTimes, stops));
    expect(feed).toBeNull();
    expect(findings[0]?.message).toBe("Trip T2 stops more than 5000 times.");
  });

  test("of many findings the first five hundred are kept", async () => {
    const wrong = Array.from({ length: 1000 }, (_, at) => `Q${at},10:00:00,10:00:00,X,1`).join("\n");
    const { findings } = await read(more(stopTimes, wrong));
    expect(findings).toHaveLength(500);
  });
});
