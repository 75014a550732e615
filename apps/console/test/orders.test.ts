import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { problem } from "./stub/answer.ts";
import { type ConsoleUnderTest, consoleUnderTest, dutyIn, patience, place } from "./stub/console-under-test.ts";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: 3 * patience });
const soon = { timeout: patience };

let headway: ConsoleUnderTest;
beforeAll(async () => {
  headway = await consoleUnderTest(300);
});
afterAll(() => headway.close());
afterEach(() => headway.reset());

const drawer = (page: Page) => page.getByRole("complementary").last();
/** The drawer of the first duty in a state. */
const open = async (state: Parameters<typeof dutyIn>[1]) => {
  const duty = dutyIn(headway, state);
  const { page } = await headway.look(`${place}&duty=${duty.dutyId}&open=true`);
  await page.getByRole("heading", { name: duty.runId, exact: true }).waitFor();
  return { duty, page };
};

describe("the drawer of a duty", () => {
  it("shows what the driver works this week, held against the contract", async () => {
    const { page } = await open("on-duty");
    await drawer(page).getByText("7 h 32 min of 36 h").waitFor();
    await drawer(page).getByText("28 h 28 min").waitFor();
    await drawer(page).getByText("Sign-on").waitFor();
  });

  it("says who has left in mid-duty, and lets somebody else work the rest", async () => {
    const nobody = { state: "open", driverId: null, driverNumber: null, driverName: null };
    const duty = dutyIn(headway, "on-duty");
    Object.assign(duty, nobody, { signedOffAt: new Date(Date.parse(duty.ends) - 3 * 3_600_000).toISOString() });
    const { page } = await headway.look(`${place}&duty=${duty.dutyId}&open=true`);
    await drawer(page).getByText("Left in mid-duty").waitFor();
    await drawer(page).getByText("Eva Early").first().waitFor();
    await drawer(page).getByRole("button", { name: "Find a replacement" }).waitFor();
  });

  it("gives no orders to those who only look", async () => {
    headway.api.roles = ["auditor"];
    const { page } = await open("missed");
    await drawer(page).getByText("Dispatchers of this depot act on its duties").waitFor();
    expect(await drawer(page).getByRole("button", { name: "Find a replacement" }).count()).toBe(0);
  });
});

describe("an order", () => {
  it("finds a replacement with the key R, says who was left out and why, and shows on the board", async () => {
    const { duty, page } = await open("missed");
    await drawer(page).getByRole("button", { name: "Find a replacement" }).waitFor();
    await page.keyboard.press("r");
    const form = page.getByRole("form", { name: "Find a replacement" });
    await form.getByText("Ida Spare").waitFor();
    await form.getByText("25 h of 36 h this week").waitFor();
    await form.getByText("1 left out, and why").click();
    await form.getByText("Rest of 9:00 is 2 h short of 11:00.").waitFor();
    await form.getByRole("button", { name: "Put on Ida Spare" }).click();
    await drawer(page)
      .getByRole("status")
      .filter({ hasText: `Ida Spare takes ${duty.runId}; 1 were left out.` })
      .waitFor();
    await page.locator(`[role="grid"] [data-duty="${duty.dutyId}"]`).getByText("Covered").waitFor();
  });

  it("takes a late driver off first with the key R, and leaves nothing behind where there is nothing to replace", async () => {
    const { page } = await open("late");
    await drawer(page).getByRole("button", { name: "Take the driver off" }).waitFor();
    await page.keyboard.press("r");
    const form = page.getByRole("form", { name: "Take the driver off" });
    await form.getByText("find a replacement next.").waitFor();
    const { page: other } = await open("done");
    await drawer(other).getByText("Nothing to do about it.").waitFor();
    await other.keyboard.press("r");
    await other.keyboard.press("ArrowDown");
    expect(other.url()).not.toContain("ask");
  });

  it("is given one after the other, with the list out of the way", async () => {
    const { page } = await headway.look(place);
    const column = page.locator("aside").filter({ hasText: "Needs a person now" });
    await column.getByRole("button").first().click();
    const way = page.getByRole("navigation", { name: "What needs a person now" });
    await way.getByText(/1 of \d+/).waitFor();
    expect(await column.evaluate((list) => (list as HTMLElement).inert)).toBe(true);
    const first = await page.locator("#duty-head").textContent();
    await way.getByRole("button", { name: "Next (J)" }).click();
    await way.getByText(/2 of \d+/).waitFor();
    expect(await page.locator("#duty-head").textContent()).not.toBe(first);
    // From the form that has opened by itself.
    await page.getByRole("form").getByRole("button").first().focus();
    await page.keyboard.press("k");
    await way.getByText(/1 of \d+/).waitFor();
    await page.getByRole("button", { name: "Close (Escape)" }).click();
    await column.getByRole("button").first().focus();
    expect(await column.evaluate((list) => list.contains(document.activeElement))).toBe(true);
  });

  it("opens from what needs a person", async () => {
    const { page } = await headway.look(place);
    const column = page.getByRole("complementary", { name: "What needs a person now" });
    await column.getByRole("region", { name: "Missed" }).getByRole("button").first().click();
    await page.getByRole("form", { name: "Find a replacement" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("form").count(), soon).toBe(0);
  });

  it("signs a driver on who stands at the desk", async () => {
    const { duty, page } = await open("late");
    await page.getByRole("button", { name: "Sign on now" }).click();
    await page.getByRole("form", { name: "Sign on now" }).waitFor();
    // The button that gives the order has the focus.
    await page.keyboard.press("Enter");
    await drawer(page)
      .getByRole("status")
      .filter({ hasText: `${duty.driverName} is signed on.` })
      .waitFor();
    await drawer(page).getByText("On duty").first().waitFor();
  });

  it("cancels a duty with its cause, and runs it after all", async () => {
    const { duty, page } = await open("open");
    await page.getByRole("button", { name: "Cancel the duty" }).click();
    await page.getByLabel("Why").selectOption("disruption");
    await page.getByRole("form").getByRole("button", { name: "Cancel the duty" }).click();
    await drawer(page)
      .getByRole("status")
      .filter({ hasText: `${duty.runId} is cancelled.` })
      .waitFor();
    await drawer(page).getByText("Disruption").waitFor();
    await page.getByRole("button", { name: "Run it after all" }).click();
    await page.getByRole("form").getByRole("button", { name: "Run it after all" }).click();
    await drawer(page)
      .getByRole("status")
      .filter({ hasText: `${duty.runId} runs after all.` })
      .waitFor();
  });

  it("asks of a late sign-off whether the rest was work, and of none until when there was", async () => {
    const duty = dutyIn(headway, "needs-review");
    duty.signedOffAt = new Date(Date.parse(duty.ends) + 39 * 60_000).toISOString();
    const { page } = await open("needs-review");
    await drawer(page).getByText("Signed off late").waitFor();
    await drawer(page).getByRole("button", { name: "Verify the hours" }).click();
    const form = page.getByRole("form");
    await form
      .getByText(`${duty.driverName} signed off at`)
      .filter({ hasText: "39 min after the planned end" })
      .waitFor();
    const planned = await form.getByLabel(/worked until$/).inputValue();
    await form.getByRole("button", { name: /^Until the sign-off, / }).click();
    expect(await form.getByLabel(/worked until$/).inputValue()).not.toBe(planned);
    duty.signedOffAt = null;
    const { page: other } = await open("needs-review");
    await drawer(other).getByText("Signed off by Headway").waitFor();
    await drawer(other).getByText("By Headway", { exact: true }).waitFor();
    await drawer(other).getByRole("button", { name: "Verify the hours" }).click();
    await other.getByRole("form").getByText("did not sign off: Headway did.").waitFor();
  });

  it("verifies hours no longer than until the driver worked elsewhere", async () => {
    const duty = dutyIn(headway, "needs-review");
    const before = (minutes: number): string => new Date(Date.parse(duty.ends) - minutes * 60_000).toISOString();
    const shown = (iso: string): string =>
      new Date(iso).toLocaleTimeString("en-GB", { timeZone: "Europe/Paris", timeStyle: "short" });
    headway.api.duties.nextWork.set(duty.dutyId, before(40));
    duty.signedOffAt = before(10);
    const { page } = await open("needs-review");
    await drawer(page).getByRole("button", { name: "Verify the hours" }).click();
    const form = page.getByRole("form");
    await form
      .getByText(`${duty.driverName} signed off at ${shown(before(10))}`)
      .filter({ hasText: `but was at work elsewhere from ${shown(before(40))} on.` })
      .waitFor();
    expect(await form.getByLabel(/worked until$/).inputValue()).toBe(shown(before(40)));
    expect(await form.getByRole("button", { name: /^Until the sign-off, / }).count()).toBe(0);
  });

  it("verifies hours until a time after midnight", async () => {
    const { page } = await open("needs-review");
    await drawer(page).getByRole("button", { name: "Verify the hours" }).click();
    const until = page.getByRole("form").getByLabel(/worked until$/);
    await until.fill("quarter past");
    await page.getByText("A time like 15:40, or 25:10 after midnight").waitFor();
    await until.fill("15:40");
    await page.keyboard.press("Enter");
    await drawer(page).getByRole("status").filter({ hasText: "are verified: worked until 15:40." }).waitFor();
  });

  it("that is refused says why, and that somebody else was quicker", async () => {
    const { duty, page } = await open("cancelled");
    headway.api.instead.set(
      `POST /day-duties/${duty.dutyId}/reactivate`,
      problem(409, "duty.over", "This duty has ended."),
    );
    await page.getByRole("button", { name: "Run it after all" }).click();
    const form = page.getByRole("form");
    await form.getByRole("button", { name: "Run it after all" }).click();
    await form.getByText("This duty has ended.").waitFor();
    headway.api.instead.set(`POST /day-duties/${duty.dutyId}/reactivate`, problem(412, "duty.changed"));
    await form.getByRole("button", { name: "Run it after all" }).click();
    await form.getByText("Somebody has changed this duty meanwhile.").waitFor();
    await form.getByRole("button", { name: "Back" }).click();
    await expect.poll(() => page.getByRole("form").count(), soon).toBe(0);
  });
});

describe("a signing that fits no duty", () => {
  const orphan = () => {
    const { missedById, missedByName } = dutyIn(headway, "missed");
    return {
      signingId: "019348e2-0000-7000-8000-000500000001",
      driverId: missedById ?? "",
      driverNumber: "10042",
      driverName: missedByName,
      dutyId: null,
      kind: "sign-on" as const,
      at: "2026-11-21T13:10:00Z",
      receivedAt: "2026-11-21T13:10:05Z",
      state: "waiting" as const,
      settledBy: null,
      settledAt: null,
      assignmentId: null,
      reason: null,
      note: null,
    };
  };

  it("shows as it arrives, and counts on the duty that was meant", async () => {
    const { page } = await headway.look(place);
    await page.getByText("Live", { exact: true }).waitFor();
    const signing = orphan();
    const { runId } = dutyIn(headway, "missed");
    headway.api.orphan(signing);
    await page.getByRole("button", { name: `${signing.driverName}: sign-on fits no duty` }).click();
    await page.getByRole("heading", { name: signing.driverName ?? "" }).waitFor();
    const meant = page.getByRole("listitem").filter({ hasText: runId }).filter({ hasText: "This one" });
    await meant.getByRole("button", { name: "This one" }).click();
    await page.getByRole("heading", { name: "Which duty was meant?" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "fits no duty" }).waitFor({ state: "detached" });
  });

  it("is not offered a duty that somebody else has, and tells a refusal beside what was refused", async () => {
    const signing = orphan();
    headway.api.duties.orphaned = [signing];
    const held = dutyIn(headway, "on-duty");
    const worked = dutyIn(headway, "done");
    for (const duty of [held, worked])
      Object.assign(duty, { missedById: signing.driverId, missedByName: signing.driverName });
    headway.api.instead.set(
      `POST /orphaned-signings/${signing.signingId}/match`,
      problem(409, "signing.out-of-order", "It lies before the driver's last signing."),
    );
    const { page } = await headway.look(`${place}&signing=${signing.signingId}`);
    const theirs = page.getByRole("listitem").filter({ hasText: held.runId }).filter({ hasText: "has it by now." });
    await theirs.getByText(`${held.driverName} has it by now.`).waitFor();
    await page.getByRole("listitem").filter({ hasText: worked.runId }).getByText("Somebody else worked it.").waitFor();
    expect(await theirs.getByRole("button").count()).toBe(0);
    const { runId } = dutyIn(headway, "missed");
    const meant = page.getByRole("listitem").filter({ hasText: runId }).filter({ hasText: "This one" });
    await meant.getByRole("button", { name: "This one" }).click();
    await meant.getByRole("alert").getByText("It lies before the driver's last signing.").waitFor();
    expect(await page.getByRole("form").getByRole("alert").textContent()).toBe("");
  });

  it("is dismissed with a reason", async () => {
    headway.api.duties.orphaned = [orphan()];
    const { page } = await headway.look(place);
    await page.getByRole("button", { name: /sign-on fits no duty/ }).click();
    await page.getByLabel("Why").selectOption("mistake");
    await page.getByRole("button", { name: "Dismiss it" }).click();
    await page.getByRole("button", { name: "fits no duty" }).waitFor({ state: "detached" });
  });
});
