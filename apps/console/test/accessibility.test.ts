import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type ConsoleUnderTest, consoleUnderTest, dutyIn, patience, place } from "./stub/console-under-test.ts";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: 3 * patience });

let headway: ConsoleUnderTest;
beforeAll(async () => {
  headway = await consoleUnderTest(300);
});
afterAll(() => headway.close());
afterEach(() => headway.reset());

const rules = JSON.stringify(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);

/** What axe finds wrong, in words. */
const findings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  return await page.evaluate<string[]>(`axe.run(document, { runOnly: ${rules} }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`);
};

const document = {
  tags: [{ name: "Pay", description: "From worked days to a payroll file." }],
  paths: {
    "/pay-periods": {
      post: { operationId: "openPayPeriod", summary: "Open a pay period", tags: ["Pay"], "x-roles": ["dispatcher"] },
    },
  },
};

const drawerOf = (state: Parameters<typeof dutyIn>[1], more = ""): string =>
  `${place}&duty=${dutyIn(headway, state).dutyId}&open=true${more}`;

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each([
    ["the login", () => "/login", 1440],
    ["the board", () => place, 1440],
    ["the board zoomed in", () => `${place}&zoom=60`, 1024],
    ["the board by driver", () => `${place}&group=driver`, 1440],
    ["the table", () => `${place}&view=table`, 1440],
    ["an empty day", () => "/day?depot=D1&day=2026-12-24", 1440],
    ["the drawer of a duty", () => drawerOf("on-duty"), 1024],
    ["a replacement", () => drawerOf("missed", "&ask=replace"), 1440],
    ["a sign-off that needs a look", () => drawerOf("needs-review", "&ask=verify"), 1440],
    ["what one can do", () => "/start", 1440],
    ["the board on a phone", () => place, 390],
    ["what needs a person on a phone", () => `${place}&panel=true`, 390],
  ])("%s has nothing that axe objects to", async (_, path, width) => {
    headway.api.beside.set("/docs/dispatcher.json", document);
    const options = { colorScheme, viewport: { width, height: 844 } };
    const { page } = await headway.look(path(), options, path() !== "/login");
    await page.locator("h1").first().waitFor({ state: "attached" });
    await page
      .locator('[aria-label^="Loading"], [aria-label="Looking for drivers"]')
      .first()
      .waitFor({ state: "detached" });
    expect(await findings(page)).toEqual([]);
  });
});

it("shows states and selection also where the system chooses the colours", async () => {
  const duty = dutyIn(headway, "late");
  const { page } = await headway.look(`${place}&duty=${duty.dutyId}`, { forcedColors: "active" });
  const line = page.locator(`[role="row"][aria-selected="true"]`);
  await line.waitFor();
  expect(await line.evaluate((row) => getComputedStyle(row).outlineStyle)).toBe("solid");
  const plan = line.locator('[class*="plan"]');
  const edge = await plan.evaluate((bar) => getComputedStyle(bar, "::after").borderTopStyle);
  expect(edge).toBe("solid");
});
