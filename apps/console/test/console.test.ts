import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { problem } from "./stub/answer.ts";
import { consoleUnderTest, dutyIn, password, patience, place } from "./stub/console-under-test.ts";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: 3 * patience });
const soon = { timeout: patience };

let headway: Awaited<ReturnType<typeof consoleUnderTest>>;
beforeAll(async () => {
  headway = await consoleUnderTest(300);
});
afterAll(() => headway.close());
afterEach(() => headway.reset());

const board = (page: Page): Locator => page.getByRole("grid");

/** The connection stands, and every board has been looked at again because of it. */
const caughtUp = async (page: Page): Promise<void> => {
  await page.getByText("Live", { exact: true }).waitFor();
  const { boards } = headway.api.day;
  await expect.poll(() => headway.api.boardsAsked, soon).toBeGreaterThanOrEqual(2 * boards.size);
};

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

/** Waits for the next glow on the board, however short it is, and tells how it is displayed. */
const glowing = async (page: Page): Promise<() => Promise<string>> => {
  const glow = await page.evaluateHandle(() => ({
    display: new Promise<string>((resolve) => {
      const observer = new MutationObserver(() => {
        const found = document.querySelector('[role="grid"] [class*="glow"]');
        if (found === null) return;
        observer.disconnect();
        resolve(getComputedStyle(found).display);
      });
      observer.observe(document.body, { childList: true, subtree: true });
    }),
  }));
  return () => glow.evaluate(({ display }) => display);
};

describe("the login", () => {
  it("says what is wrong, lets in with the right password, and leads to where one wanted to be", async () => {
    const { page, mistakes } = await headway.look(`${place}&show=late`, {}, false);
    await page.getByLabel("User name").fill("nora.lind");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    await expect.poll(() => page.getByRole("alert").textContent(), soon).toContain("User name or password is wrong.");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await board(page).waitFor();
    expect(page.url()).toContain("show=late");
    expect(mistakes).toEqual([]);
  });

  it("says how long to wait when there were too many tries, and does not let one press before", async () => {
    headway.api.instead.set("POST /session", problem(503, "login.throttled", "Wait.", { "retry-after": "30" }));
    const { page } = await headway.look("/login", {}, false);
    await page.getByLabel("User name").fill("nora.lind");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.keyboard.press("Enter");
    const button = page.getByRole("button", { name: /Log in again in \d+ s/ });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await page.getByRole("alert").textContent()).toContain("Too many tries.");
  });

  it("comes back when the session is over, and leads to the same place", async () => {
    const { page } = await headway.look(`${place}&zoom=120`);
    await board(page).waitFor();
    headway.api.endSessions();
    headway.api.dropLive();
    await page.getByText("Your session has ended.").waitFor();
    await page.getByLabel("User name").fill("nora.lind");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await board(page).waitFor();
    expect(page.url()).toContain("zoom=120");
  });
});

describe("the board", () => {
  it("shows 2,000 duties by drawing only those in sight", async () => {
    headway.api.day = headway.makeDay(2000);
    const { page, mistakes } = await headway.look(place);
    await board(page).waitFor();
    await page.getByRole("button", { name: "2,000 duties" }).waitFor();
    expect(Number(await board(page).getAttribute("aria-rowcount"))).toBe(1 + 3 + 2000);
    expect(await board(page).getByRole("row").count()).toBeLessThan(80);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(3000);
    expect(mistakes).toEqual([]);
  });

  it("keeps a group's head over its own lines only, and a bar's words where the bar is", async () => {
    const { page } = await headway.look(`${place}&zoom=60&at=16:00`);
    await board(page).waitFor();
    // A has 100 of the 300 duties: by and by the head of B comes up under its own.
    const wrong = await board(page).evaluate(async (grid) => {
      const { left, top } = grid.getBoundingClientRect();
      const rowAt = (y: number) => document.elementFromPoint(left + 40, top + 73 + y)?.closest('[role="row"]');
      const seen: string[] = [];
      for (let scrolled = 2750; scrolled < 2900; scrolled += 10) {
        grid.scrollTop = scrolled;
        // The frame after the next shows what the scrolling brought.
        for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
        const head = rowAt(17)?.textContent ?? "";
        const run = rowAt(50)?.querySelector("b")?.textContent ?? null;
        if (run !== null && !head.startsWith(`Line ${run.at(0)}`)) seen.push(`${head} over ${run}`);
      }
      return seen;
    });
    expect(wrong).toEqual([]);
    const words = await board(page).evaluate((grid) => {
      const { left, right } = grid.getBoundingClientRect();
      return [...grid.querySelectorAll('[data-duty] [role="gridcell"]')].map((cell) => {
        const bar = cell.firstElementChild?.getBoundingClientRect() ?? { left: 0, right: 0 };
        const text = cell.lastElementChild;
        const shows = text !== null && Number(getComputedStyle(text).opacity) > 0;
        return { inSight: bar.right > left + 245 && bar.left < right - 1, shows };
      });
    });
    expect(words.filter(({ inSight, shows }) => inSight !== shows)).toEqual([]);
    expect(new Set(words.map(({ shows }) => shows)).size).toBe(2);
  });

  it("filters by a figure, and keeps filter, zoom and grouping over a reload", async () => {
    const { page } = await headway.look(place);
    await page.getByRole("button", { name: /^\d+ missed$/ }).click();
    await page.getByText("Driver", { exact: true }).first().click();
    await page.getByRole("button", { name: "Show less time (+)" }).click();
    await expect.poll(() => page.url(), soon).toMatch(/show=missed.*group=driver.*zoom=480|zoom=480/);
    await page.reload();
    await board(page).waitFor();
    await page
      .locator('button[aria-pressed="true"]')
      .filter({ hasText: /\d+missed$/ })
      .waitFor();
    await page.getByText("8 h", { exact: true }).waitFor();
    await board(page).getByText("Nobody").waitFor();
  });

  it("works with the keyboard alone", async () => {
    const { page } = await headway.look(place);
    await board(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    const selected = board(page).locator('[role="row"][aria-selected="true"]');
    const run = (await selected.locator("b").textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: run, exact: true }).waitFor();
    await page.getByRole("heading", { name: "Signings" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.getByRole("heading", { level: 2 }).last().textContent(), soon).not.toBe(run);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("heading", { name: "Signings" }).count(), soon).toBe(0);
    await expect.poll(() => hasFocus(board(page)), soon).toBe(true);
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Move through the duties").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count(), soon).toBe(0);
  });

  it("finds a driver by a part of the name and shows the duty", async () => {
    const { page } = await headway.look(`${place}&show=late`);
    await board(page).waitFor();
    const duty = dutyIn(headway, "covered");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(duty.driverNumber ?? "");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: duty.runId, exact: true }).waitFor();
    await expect.poll(() => page.url(), soon).toContain(`duty=${duty.dutyId}`);
    await expect.poll(() => board(page).locator('[aria-selected="true"] b').textContent(), soon).toBe(duty.runId);
  });

  it("is a table, too, in any order", async () => {
    const { page } = await headway.look(`${place}&view=table`);
    const table = page.getByRole("table");
    await table.waitFor();
    expect(await table.getAttribute("aria-rowcount")).toBe("301");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect.poll(() => table.getByRole("rowheader").first().textContent(), soon).toBe("A-101");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.locator('th[aria-sort="descending"]').filter({ hasText: "Run" }).waitFor();
  });

  it("keeps the focus and the keys when timeline and table change places", async () => {
    const { page } = await headway.look(place);
    await board(page).focus();
    await page.keyboard.press("t");
    const table = page.getByRole("region", { name: "Duties as a table" });
    await table.waitFor();
    await expect.poll(() => hasFocus(table), soon).toBe(true);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    const run = (await table.locator('tr[aria-current="true"] th').textContent()) ?? "";
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: run, exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => hasFocus(table), soon).toBe(true);
    await page.keyboard.press("t");
    await board(page).waitFor();
    await expect.poll(() => hasFocus(board(page)), soon).toBe(true);
    expect(await board(page).locator('[aria-selected="true"] b').textContent()).toBe(run);
  });
});

describe("what changes", () => {
  it("shows by the message alone, and glows", async () => {
    const { page } = await headway.look(place);
    const duty = dutyIn(headway, "late");
    await caughtUp(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(`${duty.driverNumber}`);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    const line = board(page).locator(`[data-duty="${duty.dutyId}"]`);
    await line.getByText(/late$/).waitFor();
    for (const { depotId, serviceDate } of headway.api.day.boards.values())
      headway.api.instead.set(`GET /depots/${depotId}/days/${serviceDate}/board`, problem(503, "board.away"));
    const glow = await glowing(page);
    headway.api.change(duty.dutyId, "DriverSignedOn", { state: "on-duty", signedOnAt: "2026-11-21T13:20:00Z" });
    await line.getByText("On duty").waitFor();
    expect(await glow()).not.toBe("none");
    await expect.poll(() => line.locator('[class*="glow"]').count(), soon).toBe(0);
  });

  it("does not move for those who want no motion", async () => {
    const { page } = await headway.look(`${place}&show=late`, { reducedMotion: "reduce" });
    await board(page).waitFor();
    await caughtUp(page);
    const glow = await glowing(page);
    const duty = dutyIn(headway, "late");
    headway.api.change(duty.dutyId, "WorkedTimeRecorded", { signedOnAt: "2026-11-21T13:19:00Z" });
    expect(await glow()).toBe("none");
  });

  it("is told to those who hear the board", async () => {
    const { page } = await headway.look(place);
    await caughtUp(page);
    const duty = dutyIn(headway, "covered");
    const { driverName } = duty;
    headway.api.change(duty.dutyId, "DriverMissed", {
      state: "missed",
      driverId: null,
      driverNumber: null,
      driverName: null,
      missedById: duty.driverId,
      missedByName: driverName,
      starts: "2026-11-21T13:00:00Z",
    });
    await page
      .getByRole("status")
      .filter({ hasText: `${duty.runId} ${driverName} did not come` })
      .waitFor();
  });

  it("is caught up with after the connection broke, and the screen says so meanwhile", async () => {
    const { page } = await headway.look(place);
    await page.getByText("Live", { exact: true }).waitFor();
    headway.api.instead.set("GET /live", { status: 503 });
    headway.api.dropLive();
    await page.getByText(/^Not live since \d\d:\d\d$/).waitFor();
    const duty = dutyIn(headway, "open");
    Object.assign(duty, { state: "cancelled", cancelCause: "no-vehicle" });
    headway.api.instead.clear();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(duty.runId);
    await expect.poll(() => page.getByRole("option").first().textContent(), soon).toContain("No vehicle");
  });
});

describe("on a phone", () => {
  it("fits, and what needs a person is one press away", async () => {
    const { page } = await headway.look(place, { viewport: { width: 390, height: 844 } });
    await board(page).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const figures = page.getByRole("group", { name: "Show only" });
    await expect.poll(() => figures.getAttribute("data-after"), soon).toBe("true");
    await figures.evaluate((strip) => strip.scrollTo({ left: strip.scrollWidth }));
    await expect.poll(() => figures.getAttribute("data-after"), soon).toBe("false");
    expect(await figures.getAttribute("data-before")).toBe("true");
    const panel = page.getByRole("complementary", { name: "What needs a person now" });
    expect(await panel.isVisible()).toBe(false);
    await page.getByRole("button", { name: /^Needs a person: \d+$/ }).click();
    await panel.waitFor();
    await panel.getByRole("listitem").first().getByRole("button").click();
    await page.getByRole("heading", { name: "Pieces" }).waitFor();
    const drawer = page.getByRole("complementary").last();
    await expect.poll(async () => (await drawer.boundingBox())?.width, soon).toBe(390);
  });
});
