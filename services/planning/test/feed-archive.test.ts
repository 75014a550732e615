import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleFeed, zipOf } from "./feed-sample.ts";
import { readArchive } from "./read-archive.ts";

describe("given an archive that is wrong, when read, then it is refused", () => {
  const whole = zipOf(sampleFeed());
  const cutShort =
    "The file is not a zip, or it was cut short on the way (End of central directory record signature not found).";

  test.each<[string, Buffer, string]>([
    ["not a zip", Buffer.from("hello"), cutShort],
    ["empty", Buffer.alloc(0), cutShort],
    ["cut short", whole.subarray(0, whole.length / 2), cutShort],
    [
      "a changed byte",
      zipOf(sampleFeed(), (name) => (name === "trips.txt" ? { crc: 1 } : {})),
      "trips.txt cannot be unpacked: its checksum does not match.",
    ],
    [
      "a file longer than told",
      zipOf(sampleFeed(), (name) => (name === "trips.txt" ? { size: 100 } : {})),
      "trips.txt cannot be unpacked: too many bytes in the stream. expected 100. got at least 5547.",
    ],
    [
      "a zip bomb",
      zipOf(sampleFeed(), (name) => (name === "trips.txt" ? { size: 2 ** 31 } : {})),
      "The feed would unpack to 2,049 MB, more than 512 MB.",
    ],
    ["a file twice", zipOf({ ...sampleFeed(), "copy/trips.txt": "" }), "The zip has trips.txt more than once."],
    [
      "a gigabyte of nothing",
      zipOf({ ...sampleFeed(), "stops.txt": Buffer.alloc(1_000_000) }, (name) =>
        name === "stops.txt" ? { size: 1_000_000_000 } : {},
      ),
      "The feed would unpack to 954 MB, more than 512 MB.",
    ],
    [
      "none of the files",
      zipOf({ "photo.jpg": "" }),
      "The zip has none of the files of a feed: agency.txt, routes.txt, stops.txt, calendar.txt, calendar_dates.txt, trips.txt, stop_times.txt, frequencies.txt.",
    ],
  ])("%s, and only this is told", async (_, archive, message) => {
    const { feed, findings } = await readArchive(archive);
    expect(feed).toBeNull();
    expect(findings.map((finding) => finding.message)).toEqual([message]);
  });

  test("whatever bytes are changed, the reading ends, with a feed or with a reason", async () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        const archive = Buffer.from(whole);
        for (const [at, byte] of changes) archive[at] = byte;
        const { feed, findings } = await readArchive(archive);
        expect(feed !== null || findings.some(({ severity }) => severity === "error")).toBe(true);
      }),
    );
  });

  test("a folder in the archive is no error", async () => {
    const files = Object.fromEntries(Object.entries(sampleFeed()).map(([name, text]) => [`metro/${name}`, text]));
    const { feed } = await readArchive(zipOf({ ...files, "__MACOSX/metro/trips.txt": "" }));
    expect(feed?.trips.length).toBeGreaterThan(100);
  });

  test("a hundred thousand rows are read, with progress on the way", async () => {
    const lines = Array.from({ length: 12 }, (_, line) => ({
      code: `L${line}`,
      stops: Array.from({ length: 30 }, (_, stop) => `Stop ${line} ${stop}`),
      hop: 2,
      layover: 6,
      headway: 8,
      first: 300,
      last: 1440,
    }));
    const { feed, told } = await readArchive(zipOf(sampleFeed({ lines })));
    expect(told.at(-1)?.rows).toBeGreaterThan(100_000);
    expect(told.filter(({ file }) => file === "stop_times.txt").length).toBeGreaterThan(5);
    expect(feed?.trips.every(({ stops }) => stops.length === 30)).toBe(true);
  });

  test("it says how far it has come", async () => {
    const { told } = await readArchive(whole);
    expect([...new Set(told.map(({ file }) => file))]).toEqual([
      "agency.txt",
      "routes.txt",
      "stops.txt",
      "calendar.txt",
      "trips.txt",
      "stop_times.txt",
    ]);
    expect(told.map(({ rows }) => rows)).toEqual(told.map(({ rows }) => rows).sort((a, b) => a - b));
    expect(told.at(-1)?.bytes).toBeLessThanOrEqual(whole.length);
  });
});
