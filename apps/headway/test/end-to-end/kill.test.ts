import { Temporal } from "@headway/kernel/time";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makePeople, staffList } from "../../src/demo/people.ts";
import { answerOf, connect, everyPage, type Headway, once } from "../../src/rehearse/headway.ts";
import { smallFeed, toZip } from "../odd-feeds.ts";
import { type Installation, newInstallation } from "./installation.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });
const soon = { timeout: 60_000, interval: 10 };
const eventually = { timeout: 120_000, interval: 200 };

let installation: Installation;
beforeEach(async () => {
  installation = await newInstallation();
});
afterEach(() => installation.remove());

const drivers = 3000;
const lines = Array.from({ length: 40 }, (_, index) => `L${index}`);

const listOf = (count: number): string =>
  staffList(
    makePeople([{ depot: "D1", drivers: count, qualifications: ["A"] }], {
      agreements: ["standard", "contract-hours"],
      weeklyMinutes: [2400, 1500],
      firstNumber: 10_001,
      seed: 1,
      by: Temporal.PlainDate.from("2026-01-01"),
    }),
    "EUR",
  );

const openDepot = async (headway: Headway): Promise<void> => {
  const body = { code: "D1", name: "Northgate", timeZone: "Europe/Paris" };
  answerOf(await headway.POST("/depots", { params: { header: once() }, body }));
};

const staffImport = async (headway: Headway, importId: string) =>
  answerOf(await headway.GET("/staff-imports/{importId}", { params: { path: { importId } } }));

const feedImport = async (headway: Headway, importId: string) =>
  answerOf(await headway.GET("/feed-imports/{importId}", { params: { path: { importId } } }));

describe("a Headway that is killed", () => {
  it("just after a command: does not do it again for the same key after the next start", async () => {
    // given
    const before = await installation.start();
    const command = { params: { header: once() }, body: { code: "D1", name: "Northgate", timeZone: "Europe/Paris" } };
    const first = answerOf(await connect(before.url, before.key).POST("/depots", command));
    // when
    await before.kill();
    // then
    const again = connect((await installation.start()).url, before.key);
    const { data, error } = await again.POST("/depots", command);
    // The answer may have been on its way into the table.
    expect([first, expect.objectContaining({ slug: "idempotency-key.done" })]).toContainEqual(data ?? error);
  });

  it("in the middle of a staff list: hires everybody once after the next start", async () => {
    // given
    const before = await installation.start();
    const headway = connect(before.url, before.key);
    await openDepot(headway);
    const taken = answerOf(
      await headway.POST("/staff-imports", {
        params: { header: once() },
        headers: { "Content-Type": "text/csv" },
        body: listOf(drivers),
        bodySerializer: (body) => body,
      }),
    );
    // when
    const seen = await vi.waitFor(async () => {
      const now = await staffImport(headway, taken.id);
      expect(now.rowsDone).toBeGreaterThan(0);
      return now;
    }, soon);
    await before.kill();
    // then
    expect(seen.state).toBe("running");
    const again = connect((await installation.start()).url, before.key);
    const done = await vi.waitFor(async () => {
      const now = await staffImport(again, taken.id);
      expect(now.state).toBe("done");
      return now;
    }, eventually);
    const employees = await everyPage(async (page) =>
      answerOf(await again.GET("/employees", { params: { query: page } })),
    );
    expect(done).toMatchObject({ rows: drivers, rowsDone: drivers, hired: drivers, changed: 0, bad: 0 });
    expect(employees).toHaveLength(drivers);
    expect(new Set(employees.map(({ number }) => number)).size).toBe(drivers);
  });

  it("in the middle of a timetable: has it once, and whole, after the next start", async () => {
    // given
    const zip = new Blob([new Uint8Array(await toZip(smallFeed({ lines })))]);
    const before = await installation.start();
    const headway = connect(before.url, before.key);
    const taken = answerOf(
      await headway.POST("/feed-imports", {
        params: { query: { fileName: "forty-lines.zip" }, header: once() },
        headers: { "Content-Type": "application/zip" },
        body: "",
        bodySerializer: () => zip,
      }),
    );
    // when
    const seen = await vi.waitFor(async () => {
      const now = await feedImport(headway, taken.id);
      expect(now.rowsDone).toBeGreaterThan(0);
      return now;
    }, soon);
    await before.kill();
    // then
    expect(seen.state).toBe("running");
    const again = connect((await installation.start()).url, before.key);
    const done = await vi.waitFor(async () => {
      const now = await feedImport(again, taken.id);
      expect(now.state).toBe("done");
      return now;
    }, eventually);
    const { items: feeds } = answerOf(await again.GET("/feeds", { params: { query: { limit: 500 } } }));
    expect(feeds).toMatchObject([{ id: done.feedId, trips: lines.length * 80, lines: lines.length }]);
  });
});
