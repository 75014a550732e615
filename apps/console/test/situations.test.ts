import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { problem } from "./stub/answer.ts";
import { type ConsoleUnderTest, consoleUnderTest, password, patience, place } from "./stub/console-under-test.ts";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: 3 * patience });
const soon = { timeout: patience };

let headway: ConsoleUnderTest;
beforeAll(async () => {
  headway = await consoleUnderTest(60);
});
afterAll(() => headway.close());
afterEach(() => headway.reset());

const board = (page: Page) => page.getByRole("grid");
const today = "/day?depot=D1&day=2026-11-21";
const feed = {
  id: "019348e2-0000-7000-8000-000600000001",
  name: "metro-autumn.zip",
  timeZone: "Europe/Paris",
  firstDay: "2026-09-01",
  lastDay: "2026-11-30",
  trips: 100,
  lines: 3,
  hasBlocks: true,
};

describe("nothing yet", () => {
  it("of a day without a timetable says how duties come to be", async () => {
    const { page } = await headway.look("/day?depot=D1&day=2026-12-24");
    await page.getByRole("heading", { name: "No duties on Thu, 24 Dec 2026" }).waitFor();
    await page.getByText("There is no timetable yet.").waitFor();
    await page.getByRole("link", { name: "A planner brings a timetable in" }).waitFor();
    await page.getByRole("button", { name: "Show today" }).waitFor();
  });

  it("of a day after the timetable says when it ends", async () => {
    headway.api.feeds = [feed];
    const { page } = await headway.look("/day?depot=D1&day=2026-12-24");
    await page.getByText("metro-autumn.zip runs from Tue, 1 Sept 2026 to Mon, 30 Nov 2026.").waitFor();
    await page.getByRole("link", { name: "A planner brings the next timetable in" }).waitFor();
  });

  it("of a day beside the rosters leads to the nearest that has one, and teaches no first steps", async () => {
    const [depot] = headway.api.day.depots;
    headway.api.feeds = [feed];
    headway.api.rosters = [
      {
        id: "019348e2-0000-7000-8000-000600000002",
        depotId: depot?.id ?? "",
        firstDay: "2026-11-15",
        lastDay: "2026-11-20",
        rosterVersion: 1,
        assigned: 15,
        open: 0,
        publishedAt: "2026-11-01T09:00:00Z",
        version: 1,
      },
    ];
    const { page } = await headway.look("/day?depot=D1&day=2027-05-01");
    await page.getByText("Its nearest rostered day is Fri, 20 Nov 2026.").waitFor();
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(0);
    await page.getByRole("button", { name: "Show Fri, 20 Nov 2026" }).click();
    await page.getByText("Its roster covers this day, without duties.").waitFor();
  });

  it("of a depot teaches the first step to those who can take it, and shows the first depot by itself", async () => {
    const { depots } = headway.api.day;
    headway.api.day = { ...headway.api.day, depots: [] };
    headway.api.roles = ["admin"];
    const { page } = await headway.look(place);
    const first = page.getByRole("link", { name: "Open a depot with its code, name and time zone" });
    await first.waitFor();
    expect(await first.getAttribute("href")).toBe("/docs/?urls.primaryName=dispatcher#/Depots/openDepot");
    await page.getByRole("button", { name: /account of Nora Lind/ }).waitFor();
    headway.api.day = { ...headway.api.day, depots };
    await board(page).waitFor();
  });

  it("of a filter that leaves nothing leads back", async () => {
    for (const { duties } of headway.api.day.boards.values()) for (const duty of duties) duty.state = "covered";
    const { page } = await headway.look(`${place}&show=late`);
    await page.getByRole("heading", { name: "Nobody is late. Good." }).waitFor();
    await page.getByRole("button", { name: "Show all duties" }).click();
    await board(page).waitFor();
  });
});

describe("the demo metro on its way in", () => {
  const loading = (phase: string, share: number | null, note = "") => ({ state: "loading", phase, share, note });

  it("says what is being done, and the board opens by itself", async () => {
    const { depots } = headway.api.day;
    headway.api.day = { ...headway.api.day, depots: [] };
    headway.api.beside.set("/demo", loading("Reading the timetable", null));
    const { page } = await headway.look(place);
    await page.getByRole("heading", { name: "The demo metro is coming in" }).waitFor();
    await page.getByRole("status").filter({ hasText: "Reading the timetable" }).first().waitFor();
    headway.api.beside.set("/demo", loading("Making rosters", 0.5, "Kingsmere"));
    headway.api.day = { ...headway.api.day, depots };
    await board(page).waitFor();
    const bar = page.getByRole("progressbar", { name: "Making rosters" });
    await expect.poll(() => bar.getAttribute("aria-valuenow"), soon).toBe("50");
    await page.getByText("Kingsmere").waitFor();
    headway.api.beside.set("/demo", { state: "living" });
    await bar.waitFor({ state: "detached" });
  });

  it("is told before the login, too, and where there is none nothing is said", async () => {
    headway.api.beside.set("/demo", loading("Hiring drivers", 0.25));
    const { page } = await headway.look("/login", {}, false);
    await page.getByRole("progressbar", { name: "Hiring drivers" }).waitFor();
    headway.api.beside.clear();
    const { page: other } = await headway.look("/login", {}, false);
    await other.getByLabel("User name").waitFor();
    expect(await other.getByRole("progressbar").count()).toBe(0);
  });
});

describe("a day that is not activated", () => {
  const inactive = (date: string): void => {
    const [first] = headway.api.day.boards.values();
    Object.assign(first ?? {}, { activated: false, serviceDate: date });
  };

  it("while it runs is activated with one press", async () => {
    inactive("2026-11-21");
    const { page } = await headway.look(today);
    await page.getByText("Not activated.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Activate the day" }).click();
    await page.getByText("Not activated.", { exact: true }).waitFor({ state: "detached" });
    await board(page).waitFor();
  });

  it("before it comes is a plan, which planners see and dispatchers activate", async () => {
    inactive("2026-11-22");
    headway.api.roles = ["planner"];
    const { page } = await headway.look("/day?depot=D1&day=2026-11-22");
    await page.getByText("Still a plan.").waitFor();
    expect(await page.getByRole("button", { name: "Activate the day" }).count()).toBe(0);
  });

  it("and is over was never activated, and nobody can any more", async () => {
    inactive("2026-11-19");
    const { page } = await headway.look("/day?depot=D1&day=2026-11-19");
    await page.getByText("Never activated.").waitFor();
    expect(await page.getByRole("button", { name: "Activate the day" }).count()).toBe(0);
    await board(page).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("This day was never activated: nobody worked it.").waitFor();
  });
});

describe("a person", () => {
  const operation = (id: string, summary: string, roles: string[]) => ({
    operationId: id,
    summary,
    tags: ["Absences"],
    "x-roles": roles,
  });
  const document = {
    tags: [{ name: "Absences", description: "When people are away." }],
    paths: {
      "/absences/{absenceId}/approve": { post: operation("approveAbsence", "Approve a request", ["hr", "admin"]) },
      "/absences/{absenceId}/bend": { post: operation("bendAbsence", "Bend a request", ["admin"]) },
    },
  };

  it.each([["hr"], ["payroll"]] as const)("of %s lands where it says what they can do now", async (role) => {
    headway.api.roles = [role];
    headway.api.beside.set("/docs/dispatcher.json", document);
    const { page, mistakes } = await headway.look("/", {}, false);
    await page.getByLabel("User name").fill("nora.lind");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Nora Lind" }).waitFor();
    await page.getByText("Your screens are not built yet.").waitFor();
    await page.getByRole("button", { name: /account of Nora Lind/ }).click();
    await page
      .getByRole("menu")
      .getByText(role === "hr" ? "HR" : "Payroll", { exact: true })
      .waitFor();
    await page.keyboard.press("Escape");
    const approve = page.getByRole("link", { name: "Approve a request" });
    if (role === "hr") await approve.waitFor();
    expect(await page.getByRole("link", { name: "Bend a request" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "All of the API" }).getAttribute("href")).toBe("/docs/");
    await page.getByRole("button", { name: "Day, not for your role" }).waitFor();
    expect(mistakes).toEqual([]);
  });

  it("whose role does not see the board is told who does, and led on", async () => {
    headway.api.roles = ["hr"];
    const { page } = await headway.look(place);
    await page.getByRole("heading", { name: "You may not see this board" }).waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("Dispatchers, planners and auditors");
    await page.getByRole("link", { name: "See what you can do" }).click();
    await page.getByRole("heading", { name: "Nora Lind" }).waitFor();
  });

  it("who lost the role in this depot is told so", async () => {
    const [depot] = headway.api.day.depots;
    headway.api.instead.set(
      `GET /depots/${depot?.id}/days/2026-11-21/board`,
      problem(403, "role.missing", "This needs one of the roles dispatcher, planner."),
    );
    const { page } = await headway.look(today);
    await page.getByRole("heading", { name: "You may not see this board" }).waitFor();
  });
});

describe("what goes wrong", () => {
  it("inside Headway can be tried again", async () => {
    headway.api.instead.set("GET /depots", problem(500, "internal"));
    const { page } = await headway.look(place);
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("trace 4bf92f3577b34da6");
    headway.api.instead.clear();
    await again.click();
    await board(page).waitFor();
  });

  it("between here and Headway is said, and the board stays as it was", async () => {
    const { page } = await headway.look(today);
    await board(page).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.context().setOffline(true);
    headway.api.dropLive();
    await page.getByText(/^Not live since \d\d:\d\d$/).waitFor();
    await page.getByText("This machine is offline.").waitFor();
    expect(await board(page).getByRole("row").count()).toBeGreaterThan(5);
    await page.context().setOffline(false);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("This machine is offline.").waitFor({ state: "detached" });
  });

  it("with the clock of this machine does not matter: Headway's counts", async () => {
    const skewed = await headway.look("/login", {}, false);
    await skewed.page.context().addInitScript(() => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + 5 * 3_600_000;
    });
    const { page } = skewed;
    await page.goto(new URL("/day?depot=D1", page.url()).href);
    await page.getByLabel("User name").fill("nora.lind");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await board(page).waitFor();
    await expect.poll(() => page.getByRole("timer").textContent(), soon).toMatch(/^14:\d\d:\d\d/);
    expect(await board(page).getAttribute("data-now")).toBe("within");
  });
});
