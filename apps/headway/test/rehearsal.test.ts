import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Temporal } from "@headway/kernel/time";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../src/rehearse/headway.ts";
import { payrollSha256 } from "../src/rehearse/payroll-file.ts";
import { rehearse } from "../src/rehearse/rehearse.ts";
import { CannotRehearse } from "../src/rehearse/stage.ts";
import { UnusableFeed } from "../src/rehearse/take-feed.ts";
import { startThrowaway } from "../src/rehearse/throwaway.ts";
import { brokenFeed, datesOnlyFeed, type FeedFiles, frequenciesFeed, smallFeed, toZip } from "./odd-feeds.ts";

const patience = 240_000;
const silent = { phase: () => ({ advance: () => {}, end: () => {} }) };

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-rehearsal-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rehearses a feed on a Headway of its own. */
const rehearsed = async (feed: FeedFiles, from: string, days: number) => {
  const [path, out] = [join(folder, "feed.zip"), join(folder, "payroll.csv")];
  await writeFile(path, await toZip(feed));
  const { url, key, end } = await startThrowaway();
  try {
    const rehearsal = { feed: path, from: Temporal.PlainDate.from(from), days, seed: 1, out };
    const summary = await rehearse(rehearsal, { url, headway: connect(url, key), progress: silent });
    return { summary, payroll: await readFile(out, "utf8") };
  } finally {
    await end();
  }
};

const failing = (checks: readonly { readonly holds: boolean; readonly name: string; readonly detail: string }[]) =>
  checks.filter(({ holds }) => !holds);

describe("a rehearsal", () => {
  it("gives the same payroll for the same seed, of a feed without block ids in the night when the clocks go forward", {
    timeout: patience,
  }, async () => {
    const feed = smallFeed({ withBlocks: false, zone: "Europe/Paris" });
    const first = await rehearsed(feed, "2026-03-28", 2);
    const again = await rehearsed(feed, "2026-03-28", 2);
    expect(failing(first.summary.checks)).toEqual([]);
    expect(first.summary).toMatchObject({ trips: 320, openDuties: 0 });
    expect(first.summary.missed).toBeGreaterThan(0);
    expect(first.summary.replaced).toBeGreaterThan(1);
    expect(first.summary.workedMinutes).toBe(first.summary.paidMinutes);
    expect(again.summary.payrollSha256).toBe(first.summary.payrollSha256);
    expect(payrollSha256(first.payroll)).toBe(first.summary.payrollSha256);
  });

  it("works on one line by frequencies, written from right to left, half an hour off the others", {
    timeout: patience,
  }, async () => {
    const { summary } = await rehearsed(frequenciesFeed({ zone: "Asia/Kolkata", name: "محطة" }), "2026-11-21", 1);
    expect(failing(summary.checks)).toEqual([]);
    expect(summary.trips).toBe(118);
  });

  it("works on a calendar of exceptions alone, and says which days it has", { timeout: patience }, async () => {
    const feed = datesOnlyFeed(["20261024", "20261025"]);
    const { summary } = await rehearsed(feed, "2026-10-24", 2);
    expect(failing(summary.checks)).toEqual([]);
    await expect(rehearsed(feed, "2026-10-25", 2)).rejects.toThrow(
      new CannotRehearse(
        "The feed is valid from 2026-10-24 to 2026-10-25; 2026-10-25 to 2026-10-26 is not within. Choose other days with --from and --days.",
      ),
    );
  });

  it("ends with the reason by file and row where a feed cannot be used", { timeout: patience }, async () => {
    const broken = rehearsed(brokenFeed(), "2026-11-21", 1);
    await expect(broken).rejects.toThrow(UnusableFeed);
    await expect(broken).rejects.toThrow(/stop_times\.txt, row 3, trip_id: .*ghost/);
  });
});
