import { randomUUID } from "node:crypto";
import { ensureTool } from "@headway/testkit/missing";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { answerOf } from "../../src/rehearse/headway.ts";
import { instantOf } from "../../src/rehearse/minute.ts";
import { day, type LogIn, startTwoDepots, type TwoDepots } from "./two-depots.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

/** Milliseconds from an answer of the API to the page that shows it. */
const atMost = 1000;

let headway: TwoDepots;
let browser: Browser;
let dispatcher: LogIn;
beforeAll(async () => {
  headway = await startTwoDepots();
  dispatcher = await headway.newUser([{ role: "dispatcher", depotIds: [headway.own.id] }]);
  const executablePath = await ensureTool("chromium");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
});
afterAll(async () => {
  await browser?.close();
  await headway?.end();
});

/** The day of the own depot in a window of its own, after the login; with what went wrong in the page. */
const openDay = async (): Promise<{ readonly page: Page; readonly mistakes: readonly string[] }> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const mistakes: string[] = [];
  page.on("pageerror", (error) => mistakes.push(String(error)));
  await page.goto(`${headway.url}/day?depot=${headway.own.code}&day=${day}`);
  await page.getByLabel("User name").fill(dispatcher.userName);
  await page.getByLabel("Password", { exact: true }).fill(dispatcher.password);
  await page.keyboard.press("Enter");
  await page.getByRole("grid").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  return { page, mistakes };
};

const lineOf = (page: Page, dutyId: string) => page.getByRole("grid").locator(`[data-duty="${dutyId}"]`);

describe("the board of the day, for the dispatcher of a depot", () => {
  it("has a line for each duty of the depot, and none for another depot's", async () => {
    const { page, mistakes } = await openDay();
    for (const { duty } of headway.own.held) await lineOf(page, duty.id).waitFor({ state: "attached" });
    for (const { duty } of headway.other.held) expect(await lineOf(page, duty.id).count()).toBe(0);
    expect(mistakes).toEqual([]);
  });

  it("shows a sign-on within a second of the answer to the depot's terminal", async () => {
    const { page, mistakes } = await openDay();
    const first = headway.own.held[0];
    if (!first) throw new Error("Somebody is on the first duty.");
    const line = lineOf(page, first.duty.id);
    await line.waitFor();
    expect(await line.textContent()).not.toContain("On duty");

    const at = instantOf(first.duty.starts - 5);
    answerOf(await headway.headway.PUT("/clock", { body: { at } }));
    const signing = {
      signingId: randomUUID(),
      driverId: first.driver,
      dutyId: first.duty.id,
      kind: "sign-on",
      at,
    } as const;
    const { results } = answerOf(await headway.headway.POST("/signings/batch", { body: { signings: [signing] } }));
    const answered = performance.now();

    await line.getByText("On duty").waitFor({ timeout: 10_000 });
    const took = performance.now() - answered;
    expect(results).toMatchObject([{ match: expect.any(String), message: null }]);
    expect(took).toBeLessThan(atMost);
    expect(mistakes).toEqual([]);
  });
});
